//! What is sent where a question leaves the house.

use engine::{Author, Event, Message};
use hostile::{Act, Talker};

use super::*;
use crate::{NoLedger, Place};

/// Masks words with an `@`.
fn mask() -> Arc<Mask> {
    Arc::new(|text: &str, instead: &mut dyn FnMut(&str, &str) -> String| {
        let words = text.split(' ').map(|word| match word.contains('@') {
            true => instead(word, "[e-mail]"),
            false => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    })
}

fn config(address: &str, place: Place) -> ServerConfig {
    ServerConfig {
        id: "test".into(),
        address: Address::read(address, place).unwrap(),
        model: "small".into(),
        allowance: Allowance::default(),
        limits: Limits::default(),
    }
}

#[test]
fn questions_are_masked_exactly_where_they_leave_the_house() {
    let check = |address: &str, place: Place, expected: bool| {
        let remote = Remote::new(config(address, place), None, Some(mask()), Arc::new(NoLedger));
        assert_eq!(remote.inner.mask().is_some(), expected, "{address}");
    };
    check("http://127.0.0.1:9/v1", Place::Computer, false);
    check("https://192.168.1.20/v1", Place::Network, false);
    check("https://gpu.shop.example/v1", Place::Private, true);
    check("https://api.openai.com/v1", Place::Cloud, true);
}

#[test]
fn nothing_that_names_a_person_is_sent_and_the_answer_has_the_words_again() {
    let talker = Talker::start(|heard, _| {
        let body = match heard.path.as_str() {
            "/v1/models" => "{\"data\":[{\"id\":\"small\"}]}",
            _ => {
                "{\"choices\":[{\"message\":{\"content\":\"Write to [e-mail 2].\"},\"finish_reason\":\"stop\"}]}"
            }
        };
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
        vec![Act::Send(format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into())]
    });
    let address = format!("http://{}/v1", talker.address());
    let config = config(&address, Place::Computer);
    let mut remote = Remote::new(config, None, None, Arc::new(NoLedger));
    // As for a server elsewhere: a test cannot have one there.
    Arc::get_mut(&mut remote.inner).unwrap().mask = Some(mask());
    let text = "I am ann@home.example and write to desk@shop.example";
    let messages = vec![Message { author: Author::User, text: text.into() }];
    let reply =
        remote.generate(GenerateRequest { messages, ..GenerateRequest::default() }).unwrap();
    let mut answer = String::new();
    loop {
        match reply.next_within(Duration::from_secs(10)).unwrap().unwrap() {
            Event::Text(more) => answer.push_str(&more),
            Event::Done(_) => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(answer, "Write to desk@shop.example.");
    let sent = talker.heard().pop().unwrap().body;
    assert!(sent.contains("I am [e-mail 1] and write to [e-mail 2]"), "{sent}");
    assert!(!sent.contains("home.example"), "{sent}");
}
