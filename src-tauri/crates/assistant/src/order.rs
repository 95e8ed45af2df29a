//! A visitor who looks for an order gets a form, never a search and never a model. Pure.

use orders::{Masks, detect, looks_for_an_order, sentences};

use crate::answer::OrderForm;
use crate::policy::Policy;

/// Whether the visitor names an order, or looks for one.
pub(crate) fn asks_for_an_order(question: &str, masks: &Masks) -> bool {
    !detect(question, masks).is_empty() || looks_for_an_order(question)
}

/// What is said beside the form, and the form with the number that was found.
pub(crate) fn ask_for_proof(
    question: &str,
    language: &str,
    policy: &Policy,
) -> (String, OrderForm) {
    let said = sentences(language);
    let none = Masks::default();
    let masks = policy.order_masks.as_deref().unwrap_or(&none);
    match detect(question, masks).into_iter().next() {
        Some(found) => {
            let reply = said.ask_for_proof.replace("{}", &found.text);
            (reply, OrderForm { number: Some(found.text) })
        }
        None => (said.ask.to_owned(), OrderForm::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Caution;

    #[test]
    fn the_number_is_filled_in() {
        let masks = Masks::learn(["HO-104106", "HO-104107"].into_iter());
        let policy = Policy::new(0.1, 0.2, Caution::Balanced, true)
            .with_orders(Some(std::sync::Arc::new(masks.clone())));
        let (reply, form) = ask_for_proof("where is ho-104106?", "de", &policy);
        assert_eq!(form.number.as_deref(), Some("ho-104106"));
        assert!(reply.contains("ho-104106"), "{reply}");
        let (_, form) = ask_for_proof("where is my parcel?", "en", &policy);
        assert_eq!(form.number, None);
        assert!(asks_for_an_order("where is my parcel?", &masks));
        assert!(!asks_for_an_order("how do I return an order", &masks));
    }
}
