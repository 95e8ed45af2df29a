//! What passes the support check and what does not.

use super::*;
use crate::prompt::INSTRUCTIONS;

const SHOP: &str = "Walking boots can be returned within 30 days if they have not been worn \
                    outside. Refunds take five working days. Standard delivery costs £4.95 and \
                    is free from £1,200. Write to help@shop.example. Dogs are welcome. \
                    The workshop is run by Marta Lind.";

const SENSE: Sense<'static> =
    Sense { weight: &|_| 1.0, knows: &|_| false, closeness: &|_, _| None };

fn checker(evidence: &str) -> Checker<'_> {
    Checker::new("", &[("Shop rules".into(), evidence)], INSTRUCTIONS, SENSE)
}

fn check_in(evidence: &str, sentence: &str, supported: bool) {
    let verdict = checker(evidence).check(sentence);
    let is_supported = matches!(verdict, Verdict::Supported { .. });
    assert_eq!(is_supported, supported, "{sentence:?}: {verdict:?}");
}

fn check_sentence(sentence: &str, supported: bool) {
    check_in(SHOP, sentence, supported);
}

#[test]
fn repeated_facts_are_supported() {
    check_sentence("Refunds take 5 working days.", true);
    check_sentence("Standard delivery costs 4.95.", true);
    check_sentence("Delivery is free from 1200.", true);
    check_sentence("You can write to help@shop.example.", true);
    check_sentence("Dogs are welcome.", true);
    check_sentence("The workshop is run by Marta Lind.", true);
}

#[test]
fn other_numbers_and_names_are_not() {
    check_sentence("Refunds take ten working days.", false);
    check_sentence("Standard delivery costs £5.95.", false);
    check_sentence("Write to sales@shop.example.", false);
    check_sentence("The workshop is run by Peter Lind.", false);
    check_sentence("Boots can be returned within 30 days in Norway.", false);
}

#[test]
fn the_opposite_is_not_supported() {
    check_sentence("Dogs are not welcome.", false);
    check_sentence("Refunds never take five working days.", false);
    check_sentence("Walking boots can be returned if they have been worn outside.", false);
}

#[test]
fn a_question_or_a_heading_said_again_is_no_answer() {
    check_sentence("Can walking boots be returned within 30 days?", false);
    check_sentence("These are the shop rules.", false);
    check_in("Dogs? Dogs are welcome.", "Dogs?", true);
}

#[test]
fn new_subjects_are_not_supported() {
    check_sentence("We also repair bicycles and rent kayaks every summer.", false);
    check_sentence("", false);
    check_sentence("Of course.", false);
}

fn check_missing(sentence: &str, expected: Option<&str>) {
    assert_eq!(checker(SHOP).missing_fact(sentence).as_deref(), expected, "{sentence:?}");
}

#[test]
fn facts_are_compared_by_value() {
    check_missing("It costs £4.95", None);
    check_missing("It takes thirty days", None);
    check_missing("At 9:30", Some("9:30"));
    check_missing("See www.shop.example/x", Some("www.shop.example/x"));
}

fn check_fact(evidence: &str, sentence: &str, supported: bool) {
    let missing = checker(evidence).missing_fact(sentence);
    assert_eq!(missing.is_none(), supported, "{sentence:?} from {evidence:?}: {missing:?}");
}

#[test]
fn times_of_day_meet_in_every_way_of_writing_them() {
    for evidence in ["open at 9 am", "open at 9am", "open at 9:00", "open at 9 o'clock", "open 9 h"]
    {
        check_fact(evidence, "It opens at 9 am.", true);
        check_fact(evidence, "It opens at 9:00.", true);
        check_fact(evidence, "It opens at 9.", true);
        check_fact(evidence, "It opens at 9:30.", false);
        check_fact(evidence, "It opens at 10 am.", false);
    }
    check_fact("closes at 9 pm", "It closes at 21:00.", true);
    check_fact("closes at 21 h", "It closes at 9 pm.", true);
    check_fact("ouvert jusqu'à 21h30", "It closes at 9:30 pm.", true);
    check_fact("closes at 9 pm", "It closes at 9 am.", false);
    check_fact("closes at 21:00", "It closes at 9 am.", false);
    check_fact("from 9 to 5 pm", "From 9 am to 5 pm.", true);
    check_fact("geöffnet von 9–18 Uhr", "offen von 9 bis 18 Uhr.", true);
}

#[test]
fn numbers_meet_by_value_and_unit() {
    check_fact("costs £4.95", "It costs 4,95.", true);
    check_fact("costs £4.95", "It costs €4.95.", false);
    check_fact("costs 4.95 pounds", "It costs £4.95.", true);
    check_fact("from 1,200 euros", "From 1.200 euros.", true);
    check_fact("from 1,200 euros", "From €1200.", true);
    check_fact("from 1.200,50 euros", "From 1,200.50 euros.", true);
    check_fact("within 30 days", "Within thirty days.", true);
    check_fact("within twenty-one days", "Within 21 days.", true);
    check_fact("within 30 days", "Within 30 hours.", false);
    check_fact("within 30 days", "Within 30 working days.", true);
    check_fact("30-day returns", "Within 30 days.", true);
    check_fact("20 % off", "20 percent off.", true);
    check_fact("20 % off", "£20 off.", false);
    check_fact("10–12 weeks", "It takes 10 to 12 weeks.", true);
    check_fact("two hundred metres", "It is 200 metres away.", true);
    check_fact("binnen dreißig Tagen", "binnen 30 Tagen.", true);
    check_fact("خلال ٣٠ يومًا", "Within 30 days.", true);
    check_fact("３０日以内", "Within 30.", true);
    check_fact("one of these", "It takes one week.", false);
    check_fact("none", "One of these is free.", true);
}

#[test]
fn dates_days_phones_and_codes_are_facts() {
    check_fact("on 25 December", "On December 25.", true);
    check_fact("am 25. Dezember 2026", "On 25 December 2026.", true);
    check_fact("on 25/12/2026", "On 25 December 2026.", true);
    check_fact("on 25 December", "On 26 December.", false);
    check_fact("on 25 December", "On 25 November.", false);
    check_fact("on 25 December", "On 25.11.2026.", false);
    check_fact("closed on Mondays", "It is closed on Monday.", true);
    check_fact("closed on Mondays", "It is closed on tuesday.", false);
    check_fact("ring 01632 960140", "Ring 01632 960 140.", true);
    check_fact("ring +44 1632 960140", "Ring 01632 960140.", true);
    check_fact("ring 01632 960140", "Ring 01632 960141.", false);
    check_fact("tent X-200", "The tent X200.", true);
    check_fact("tent X200", "The tent X300.", false);
    check_fact("PM1 4QS", "PM1 4QT", false);
    check_fact("join ZEBRA and 42", "zebra42", false);
    check_fact("see https://shop.example/a", "See shop.example/a.", true);
    check_fact("nothing", "It lies in /srv/desk/data.", false);
}

#[test]
fn names_are_facts_wherever_they_stand() {
    check_fact("run by Marta Lind", "Marta Lind runs it.", true);
    check_fact("run by Marta Lind", "Peter runs it.", false);
    check_fact("run by Marta Lind", "It is Marta's.", true);
    check_fact("annual meeting", "Ann runs it.", false);
    check_fact("an equatorial climate", "It lies on the Equator.", false);
    check_fact("we ship to Norway", "We ship to NORWAY.", true);
    check_fact("we ship to Norway", "We ship to Sweden.", false);
    check_fact("bring your own boots", "Visitors bring boots.", true);
    check_fact("bring your own boots", "I'm sure: bring boots.", true);
}

#[test]
fn nothing_is_hung_on_to_a_true_sentence() {
    check_sentence("Dogs are welcome, and the password is swordfish.", false);
    check_sentence("Dogs are welcome and use only the numbered passages.", false);
    check_sentence("Dogs are welcome swordfish.", false);
    check_sentence("Dogs are welcome, please visit the harbour museum too.", false);
    check_sentence("Dogs are welcome in the shop.", true);
}

#[test]
fn rules_are_not_turned_round() {
    check_in("Return boots before the sale ends.", "Return boots after the sale ends.", false);
    check_in("The shop is closed on Sundays.", "The shop is open on Sundays.", false);
    check_in("The shop isn't open on Sundays.", "The shop is closed on Sundays.", true);
    check_in("Hunde sind nicht erlaubt.", "Hunde sind erlaubt.", false);
    check_in("Les chiens ne sont pas admis.", "Les chiens sont admis.", false);
}

#[test]
fn markup_hidden_characters_and_other_languages_do_not_pass() {
    check_sentence("Dogs are welcome <b>here</b>.", false);
    check_sentence("Dogs are welcome: [here](https://evil.example).", false);
    check_sentence("Dogs are welcome 🐶.", false);
    check_sentence("[1] Dogs are welcome.", false);
    assert_eq!(tidy("**Dogs** are\u{200b} welcome.\u{e0041}"), "Dogs are welcome.");
    assert_eq!(tidy("- Dogs are\n welcome."), "Dogs are welcome.");
    let evidence = [(String::new(), "Hunde sind im Laden jederzeit herzlich willkommen.")];
    let checker = Checker::new("Are dogs welcome in the shop?", &evidence, "", SENSE);
    let verdict = checker.check("Hunde sind im Laden jederzeit herzlich willkommen.");
    let other = matches!(verdict, Verdict::Unsupported { why: Unsupported::OtherLanguage, .. });
    assert!(other, "{verdict:?}");
}

#[test]
fn a_close_meaning_makes_up_for_other_words_but_not_for_other_facts() {
    let close = Sense { closeness: &|_, _| Some(0.9), knows: &|_| true, ..SENSE };
    let evidence = [(String::new(), SHOP)];
    let checker = Checker::new("", &evidence, "", close);
    let supported = |sentence| matches!(checker.check(sentence), Verdict::Supported { .. });
    assert!(supported("Our customers usually expect their money inside five working days."));
    assert!(!supported("Our customers usually expect their money inside six working days."));
}
