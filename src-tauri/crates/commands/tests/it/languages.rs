//! Words of many languages are found, with no model to help.

use commands::wire::{SearchHit, StaffCommand, StaffReply};
use testkit::TestDesk;

const GUIDE: &str = "\
# Guide

## Opening hours

The shop opens at nine in the morning and closes at six in the evening on every day but Sunday.

## Returer

Kängorna kan lämnas tillbaka inom trettio dagar efter köpet om de inte har använts utomhus, och \
pengarna betalas tillbaka inom fem arbetsdagar till samma kort som du betalade med.

## Lieferung

Die Bestellungen werden innerhalb von zwei Tagen versendet, und die Lieferungen nach Österreich \
kosten zwölf Euro, wenn der Wert der Bestellung unter fünfzig Euro liegt.

## Réparations

Les fermetures des vestes sont réparées dans notre atelier, et les réparations coûtent en moyenne \
trente euros; vous pouvez apporter vos vêtements tous les jours sauf le dimanche.

## الإرجاع

يمكن إرجاع الأحذية خلال ثلاثين يوما من تاريخ الشراء إذا لم تستخدم في الخارج وكانت نظيفة تماما مع \
الفاتورة الأصلية من المتجر

## 営業時間

当店の営業時間は午前九時から午後六時までです。日曜日は休業日です。駐車場は店の裏にあります。

## การคืนสินค้า

สามารถคืนรองเท้าได้ภายในสามสิบวันหลังจากซื้อ หากไม่ได้ใช้กลางแจ้งและมีใบเสร็จรับเงิน

## 退货

未在户外使用的靴子可以在三十天内退货，退款将在五个工作日内退回原付款卡。
";

fn guide() -> TestDesk {
    let desk = TestDesk::empty();
    desk.embedder.set_down(true);
    let path = desk.write("guide.md", GUIDE.as_bytes());
    desk.core.import(&desk.staff(), &[path], false, &mut |_| {}).unwrap();
    desk
}

fn search(desk: &TestDesk, question: &str) -> Vec<SearchHit> {
    match desk.manage(StaffCommand::Search { question: question.into(), top: 3 }).unwrap() {
        StaffReply::Hits { hits } => hits,
        other => panic!("{other:?}"),
    }
}

fn check(desk: &TestDesk, question: &str, heading: &str) {
    let hits = search(desk, question);
    let found = hits.first().unwrap_or_else(|| panic!("nothing for {question}"));
    assert!(found.locator.ends_with(heading), "{question}: {}", found.locator);
}

#[test]
fn each_section_is_found_in_its_own_language() {
    let desk = guide();
    check(&desk, "When does the shop open?", "Opening hours");
    // Other forms of the words than those of the text.
    check(&desk, "Kan jag lämna tillbaka mina kängor efter en dag?", "Returer");
    check(&desk, "Wie viel kostet die Lieferung der Bestellung nach Österreich?", "Lieferung");
    check(&desk, "Combien coûte la réparation de ma veste dans votre atelier?", "Réparations");
    check(&desk, "هل يمكن إرجاع الحذاء بعد الشراء من المتجر", "الإرجاع");
    check(&desk, "駐車場はありますか", "営業時間");
    check(&desk, "คืนรองเท้าได้ไหม", "การคืนสินค้า");
    check(&desk, "靴子可以退货吗", "退货");
}

#[test]
fn a_word_alone_is_found_too() {
    let desk = guide();
    // Too short to show a language, and not in the form of the text.
    check(&desk, "känga", "Returer");
    check(&desk, "Bestellung", "Lieferung");
    check(&desk, "réparer", "Réparations");
    check(&desk, "الشراء", "الإرجاع");
    // Two characters.
    check(&desk, "休業", "営業時間");
    check(&desk, "靴子", "退货");
    check(&desk, "คืน", "การคืนสินค้า");
    // The same in full width, as Japanese keyboards type.
    check(&desk, "ＳＵＮＤＡＹ", "Opening hours");
    assert!(search(&desk, "自転").is_empty(), "what is nowhere is not found");
}
