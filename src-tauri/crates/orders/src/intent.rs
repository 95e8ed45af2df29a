//! Whether somebody looks for their own order, without naming a number. Pure.
//!
//! "Where is my parcel?" does; "how long does a parcel take?" asks for a rule, and the documents
//! answer it. In doubt it is a rule: the answer to it says how an order is looked up.

use crate::words::{LANGUAGES, PlainWords, plain};

/// More words than this tell a story, and a story is read by a person or by the documents.
const LONGEST: usize = 24;

/// Whether the text asks where the visitor's own order is.
pub fn looks_for_an_order(text: &str) -> bool {
    let text = plain(text);
    if text.split(' ').count() > LONGEST {
        return false;
    }
    let padded = format!(" {text} ");
    LANGUAGES.iter().any(|words| asks(words, &text, &padded))
}

fn asks(words: &PlainWords, text: &str, padded: &str) -> bool {
    let has = |list: &[String]| list.iter().any(|phrase| contains(padded, phrase));
    let is_whole = words.whole.iter().any(|phrase| phrase == text);
    is_whole || (has(&words.mine) && has(&words.whereabouts) && !has(&words.rules))
}

/// A phrase at the beginning of a word: "cancel" is in "cancelling".
fn contains(padded: &str, phrase: &str) -> bool {
    padded.contains(&format!(" {phrase}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        assert_eq!(looks_for_an_order(text), expected, "{text:?}");
    }

    #[test]
    fn somebody_looks_for_an_order() {
        for text in [
            "where is my parcel",
            "Where's my order?",
            "track my order",
            "I want to track my order please",
            "my package hasn't arrived",
            "Order status",
            "what is the status of my order?",
            "Wo ist mein Paket?",
            "Wo bleibt meine Bestellung",
            "Où est ma commande ?",
            "¿Dónde está mi pedido?",
            "Dov'è il mio ordine?",
            "Waar is mijn bestelling?",
            "Var är mitt paket?",
            "أين طلبي؟",
            "متى يصل طلبي",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn rules_stay_questions() {
        for text in [
            "how long does delivery take",
            "how do I return an order",
            "Can I cancel my order?",
            "How can I track my order?",
            "I need to change the shipping adress on my order",
            "what does it cost to reroute a parcel already sent",
            "can my wife fetch my parcel when it has arrived",
            "Wie lange dauert die Lieferung?",
            "Kann ich meine Bestellung stornieren?",
            "Combien coûte la livraison de ma commande ?",
            "¿Cuánto tarda mi pedido en llegar normalmente?",
            "do you sell parcels of tea",
            "where is the shop",
            "كم تكلفة التوصيل",
            "",
        ] {
            check(text, false);
        }
    }
}
