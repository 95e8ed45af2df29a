//! Words about orders, by language: what tells an order number from other numbers, and a visitor
//! who looks for an order from one who asks about the shop's rules.

use std::sync::LazyLock;

/// One language's words, separated by `|`.
struct Words {
    order: &'static str,
    mine: &'static str,
    whereabouts: &'static str,
    rules: &'static str,
    whole: &'static str,
}

/// One language's words as they are compared: lower case, without accents.
pub(crate) struct PlainWords {
    /// An order, a purchase, a parcel.
    pub(crate) order: Vec<String>,
    /// The visitor's own order.
    pub(crate) mine: Vec<String>,
    /// Where is it, has it left, has it come.
    pub(crate) whereabouts: Vec<String>,
    /// Rules, prices, changes: a question that the documents answer.
    pub(crate) rules: Vec<String>,
    /// The whole of what some people type.
    pub(crate) whole: Vec<String>,
}

/// Every language.
pub(crate) static LANGUAGES: LazyLock<Vec<PlainWords>> = LazyLock::new(|| {
    let all = |list: &str| list.split('|').map(plain).collect();
    let read = |words: &Words| PlainWords {
        order: all(words.order),
        mine: all(words.mine),
        whereabouts: all(words.whereabouts),
        rules: all(words.rules),
        whole: all(words.whole),
    };
    WRITTEN.iter().map(read).collect()
});

const WRITTEN: &[Words] = &[
    Words {
        order: "order|orders|ordered|purchase|parcel|package|shipment|tracking",
        mine: "my order|my orders|my parcel|my package|my delivery|my purchase|my shipment|\
             my stuff|my online order|my web order|my last order|my recent order|\
             the order i placed|the parcel i ordered|my boots order|order i made|\
             what i ordered|things i ordered|an order i placed|my item|my items",
        whereabouts: "where is|wheres|where s|where are|track|tracking|status|eta|arrived|arrive|\
             has not come|hasn t come|hasnt come|not come yet|not received|haven t received|\
             havent received|not got|haven t got|didn t get|never came|not here yet|\
             still waiting for|still not here|locate|find my|shipped yet|been shipped|\
             dispatched|been sent|on its way|whats happening with|what s happening with|\
             what happened to|lost|late|check on|look up|check my|when will|when is",
        rules: "how do i|how can i|how to|how long|how much|how many|can i|can you send|\
             can someone|could someone|do you|do i|what if|what happens if|what do i|cost|\
             price|policy|change|cancel|return|refund|exchange|address|adress|pay|collect|\
             pick up|pick it up|fetch|invoice|gift|customs|insured|sign for|damaged|broken|\
             wrong item|missing|place an order|make an order|usually|typically|normally|\
             someone else|my wife|my husband|reroute|redirect|weigh",
        whole: "order status|track order|track an order|order tracking|track parcel|\
             track package|check order|check order status|find order|find an order|\
             look up order|look up an order|parcel tracking",
    },
    Words {
        order: "bestellung|bestellnummer|auftrag|auftragsnummer|paket|sendung|lieferung|\
             bestellungen",
        mine: "meine bestellung|meiner bestellung|mein paket|meinem paket|meine lieferung|\
             meiner lieferung|meine sendung|meiner sendung|mein auftrag|meine ware",
        whereabouts: "wo ist|wo bleibt|wo steckt|wo befindet|status|verfolgen|angekommen|kommt|\
             nicht erhalten|nicht da|unterwegs|verschickt|versendet|versandt|wann|stand",
        rules: "wie lange|wie viel|was kostet|kann ich|kann jemand|wie kann|zurückgeben|\
             zuruckgeben|zurucksenden|umtauschen|stornieren|andern|adresse|abholen|rechnung|\
             erstatt|normalerweise|in der regel",
        whole: "bestellstatus|bestellung verfolgen|sendungsverfolgung|paket verfolgen|\
             lieferstatus",
    },
    Words {
        order: "commande|achat|colis|livraison|commandes",
        mine: "ma commande|mon colis|ma livraison|mon achat|mon paquet",
        whereabouts: "ou est|ou en est|suivre|suivi|statut|arrive|arrivee|pas recu|toujours pas|\
             expedie|expediee|quand|etat de",
        rules: "combien|puis je|comment|retourner|rembours|annuler|changer|modifier|adresse|\
             echanger|facture|en general|recuperer|peut il|quelqu un",
        whole: "suivi de commande|suivre ma commande|suivi de colis|suivre un colis|\
             statut de commande",
    },
    Words {
        order: "pedido|compra|paquete|envio|encomenda|pedidos",
        mine: "mi pedido|mi paquete|mi compra|mi envio|meu pedido|minha encomenda|minha compra|\
             mi orden",
        whereabouts: "donde esta|onde esta|rastrear|seguir|estado|llegado|llega|no he recibido|\
             no ha llegado|cuando|seguimiento|enviado|chegou|situacao",
        rules: "cuanto cuesta|cuanto tarda|cuanto tiempo|puedo|como|devolver|reembols|cancelar|\
             cambiar|direccion|factura|recoger|normalmente|quanto",
        whole: "estado del pedido|rastrear pedido|seguimiento del pedido|seguir mi pedido|\
             rastrear mi pedido",
    },
    Words {
        order: "ordine|acquisto|pacco|spedizione|consegna|ordini",
        mine: "il mio ordine|mio ordine|il mio pacco|mio pacco|mia spedizione|mia consegna|\
             mio acquisto",
        whereabouts: "dov e|dove e|dove si trova|traccia|tracciare|stato|arrivato|arriva|\
             non ho ricevuto|spedito|quando|non e arrivato",
        rules: "quanto costa|quanto tempo|posso|come|restituire|rimbors|annullare|cambiare|\
             modificare|indirizzo|fattura|ritirare|di solito",
        whole: "stato ordine|stato dell ordine|traccia ordine|tracciare ordine|\
             traccia il mio ordine",
    },
    Words {
        order: "bestelling|pakket|pakje|zending|levering|bestelnummer|ordernummer|bestellingen",
        mine: "mijn bestelling|mijn pakket|mijn pakje|mijn zending|mijn levering|mijn order",
        whereabouts: "waar is|waar blijft|volgen|status|aangekomen|nog niet|niet ontvangen|verzonden|\
             wanneer|onderweg",
        rules: "hoe lang|hoeveel|wat kost|kan ik|kan iemand|hoe kan|retourneren|terugsturen|\
             annuleren|wijzigen|adres|ruilen|factuur|ophalen|meestal",
        whole: "bestelstatus|bestelling volgen|pakket volgen|volg mijn bestelling|track en trace",
    },
    Words {
        order: "bestallning|paket|leverans|forsandelse|ordernummer|bestallningen|paketet",
        mine: "min bestallning|mitt paket|min leverans|min order|mitt kop",
        whereabouts: "var ar|spara|status|kommit|inte fatt|har inte|skickats|skickad|nar kommer|\
             nar anlander|pa vag",
        rules: "hur lang|hur mycket|vad kostar|kan jag|kan nagon|hur kan|hur gor|returnera|\
             lamna tillbaka|avbestalla|andra|adress|byta|faktura|hamta|vanligtvis",
        whole: "orderstatus|spara paket|spara min bestallning|spara order|spara bestallning",
    },
    Words {
        order: "طلب|الطلب|طلبي|طلبيتي|طلبية|شحنة|شحنتي|طرد|طردي|الطرد|الشحنة",
        mine: "طلبي|طلبيتي|شحنتي|طردي|مشترياتي",
        whereabouts: "اين|أين|تتبع|حالة|متى|وصل|وصلت|يصل|تصل|لم يصل|لم تصل|لم استلم|لم أستلم",
        rules: "كيف|كم|هل يمكن|هل استطيع|إرجاع|ارجاع|استرداد|إلغاء|الغاء|تغيير|عنوان|فاتورة|\
             استبدال|عادة",
        whole: "تتبع الطلب|حالة الطلب|تتبع طلبي|تتبع الشحنة|اين طلبي|أين طلبي",
    },
];

/// Numbers after these words are something else's. Lists are separated by `|`.
pub(crate) const OTHER_NUMBERS: &str = "invoice|invoices|bill|bills|receipt|phone|telephone|mobile|tel|call|fax|whatsapp|\
     postcode|zip|account|card|voucher|coupon|tracking|serial|iban|model|article|sku|rechnung|\
     rechnungsnummer|telefon|handy|plz|postleitzahl|konto|kundennummer|gutschein|facture|\
     portable|client|compte|factura|telefono|cuenta|cliente|fattura|cellulare|conto|factuur|\
     telefoon|rekening|klantnummer|faktura|fakturanummer|kundnummer|فاتورة|الفاتورة|هاتف|\
     الهاتف|جوال|حساب";

/// Money, beside a number.
pub(crate) const MONEY: &str = "usd|eur|gbp|chf|sek|nok|dkk|pln|dollar|dollars|euro|euros|pound|pounds|buck|bucks|quid|\
     franken|kronor|kr|cent|cents|p|aed|sar|riyal|dirham|دولار|يورو|درهم|ريال|libras|dolares|\
     sterline|dollari";

/// Units and counted things, after a number.
pub(crate) const UNITS: &str = "km|m|cm|mm|kg|g|gram|grams|ml|l|lb|lbs|oz|w|watt|watts|kwh|v|mah|hpa|miles|metres|meters|\
     feet|ft|rpm|hours|hrs|h|days|weeks|months|years|minutes|people|persons|pieces|pcs|items|\
     copies|points|percent|units|tage|stunden|jours|dias|giorni|dagen|dagar|stuck|pm|am|\
     newton|lumen|lumens";

/// "Number", beside a number.
pub(crate) const NUMBER_WORDS: &str =
    "number|no|nr|num|n|nummer|numero|nummber|numer|رقم|id|ref|reference|code|#";

/// Whether a list of words separated by `|` holds this one.
pub(crate) fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split('|').any(|known| known == word)
}

/// Lower case, no accents, no punctuation, digits in ASCII, single spaces.
pub(crate) fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let folded = text.nfkd().filter(|c| !is_combining_mark(*c)).map(crate::number::fold);
    let kept: String = folded
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two words differ by one letter at most: one wrong, missing, added, or two swapped.
pub(crate) fn nearly(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > 1 {
        return false;
    }
    let same = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[same..], &right[same..]);
    if left.is_empty() || right.is_empty() {
        return left.len() + right.len() <= 1;
    }
    let swapped = left.len() == right.len()
        && left.len() >= 2
        && left[0] == right[1]
        && left[1] == right[0]
        && left[2..] == right[2..];
    swapped || left[1..] == right[1..] || left[1..] == *right || *left == right[1..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for word in ["order", "oder", "orderr", "roder", "orfer", "ordre"] {
            assert!(nearly(word, "order"), "{word:?}");
        }
        for word in ["odr", "rdoer", "ordeals", "", "o"] {
            assert!(!nearly(word, "order"), "{word:?}");
        }
        assert!(nearly("", ""));
    }

    #[test]
    fn plain_text_has_no_accents() {
        assert_eq!(plain("  Où est ma COMMANDE ? "), "ou est ma commande");
        assert_eq!(plain("١٢٣"), "123");
    }

    #[test]
    fn no_word_is_empty() {
        for words in LANGUAGES.iter() {
            let lists = [&words.order, &words.mine, &words.whereabouts, &words.rules, &words.whole];
            for word in lists.iter().flat_map(|list| list.iter()) {
                assert!(!word.is_empty(), "a word of signs alone is in every text");
            }
        }
    }
}
