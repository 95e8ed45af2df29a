//! `order`: what the order form does, and what staff do about orders.

use commands::wire::{
    ActivateOrders, OrderCard, OrderReply, StaffCommand, StaffReply, VerifyOrder, VisitorCommand,
    VisitorReply,
};
use serde_json::json;

use crate::arguments::{Import, Order};
use crate::exit::Failure;
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Order, output: &Output) -> Result<(), Failure> {
    let session = place.session();
    if command.sources {
        return sources(place, output);
    }
    if let Some(id) = command.remove {
        place.open(Empty::StaysEmpty)?.manage(&session, StaffCommand::RemoveOrderSource { id })?;
        return done(
            output,
            json!({ "id": id, "removed": true }),
            "The source and its orders are forgotten.",
        );
    }
    let number = command.number.clone().unwrap_or_default();
    if command.unlock {
        let unlock = StaffCommand::UnlockOrder { number: number.clone() };
        place.open(Empty::StaysEmpty)?.manage(&session, unlock)?;
        return done(
            output,
            json!({ "number": number, "unlocked": true }),
            "The order is unlocked.",
        );
    }
    let core = place.open(Empty::GetsTheSample)?;
    let tried = VerifyOrder {
        number,
        proof: command.proof.clone().unwrap_or_default(),
        conversation: None,
        language: command.lang.clone(),
    };
    let reply = core.visit(&session, VisitorCommand::VerifyOrder(tried), &mut |_| {})?;
    // Whatever came of it is an answer; the outcome says which.
    if let VisitorReply::Order(reply) = reply {
        if output.json {
            output.document(&reply);
        } else {
            output.line(&words(&reply));
        }
    }
    Ok(())
}

/// What `import --orders` sets up: one source for each path.
pub(crate) fn places(command: &Import) -> Vec<ActivateOrders> {
    let example = command.example.as_deref().and_then(|example| example.split_once('='));
    let place = |path: &std::path::PathBuf| ActivateOrders {
        from: path.to_string_lossy().into_owned(),
        map: command.map.clone(),
        sentences: Vec::new(),
        max_age_hours: command.max_age,
        example_number: example.map(|(number, _)| number.to_owned()),
        example_proof: example.map(|(_, proof)| proof.to_owned()),
    };
    command.paths.iter().map(place).collect()
}

fn sources(place: &Place, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let reply = core.manage(&place.session(), StaffCommand::OrderSources)?;
    let StaffReply::OrderSources { sources } = reply else { return Ok(()) };
    if output.json {
        output.document(&json!({ "sources": sources }));
        return Ok(());
    }
    for source in sources {
        let age = if source.is_stale { ", too old to be shown" } else { "" };
        let orders = match source.kind.as_str() {
            "file" => format!("{} orders as of {}{age}", source.orders, source.as_of),
            _ => "read when asked".to_owned(),
        };
        output.line(&format!(
            "{:>4}  {}: {orders}\n      {}",
            source.id,
            source.place,
            source.map.join(",")
        ));
    }
    Ok(())
}

fn done(output: &Output, document: serde_json::Value, words: &str) -> Result<(), Failure> {
    if output.json {
        output.document(&document);
    } else {
        output.line(words);
    }
    Ok(())
}

fn words(reply: &OrderReply) -> String {
    let mut text = reply.message.clone();
    if let Some(card) = &reply.card {
        for (name, value) in lines(card) {
            if let Some(value) = value {
                text.push_str(&format!("\n  {name}: {value}"));
            }
        }
    }
    if let Some(hand_over) = &reply.hand_over {
        text.push_str(&format!("\n{hand_over}"));
    }
    text
}

fn lines(card: &OrderCard) -> [(&'static str, Option<&str>); 7] {
    [
        ("Order", Some(card.number.as_str())),
        ("Ordered on", card.ordered_on.as_deref()),
        ("Sent on", card.shipped_on.as_deref()),
        ("Expected on", card.expected_on.as_deref()),
        ("Delivered on", card.delivered_on.as_deref()),
        ("Carrier", card.carrier.as_deref()),
        ("Items", card.items.as_deref()),
    ]
}
