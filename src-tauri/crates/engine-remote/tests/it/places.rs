//! A name is only believed as far as its place goes.

use std::sync::Arc;

use engine_remote::{Address, NoLedger, Place, Remote, ServerConfig};

use crate::server::*;

#[test]
fn a_name_on_the_internet_must_not_lead_into_the_house() {
    let talker = answering(|_, _| saying("I am a router."));
    // `localhost` stands for any name whose owner points it into somebody's house.
    let address = format!("https://localhost:{}/v1", talker.address().port());
    let address = Address::read(&address, Place::Cloud).unwrap();
    let config = ServerConfig { address, ..config(&talker) };
    let remote = Remote::new(config, None, None, Arc::new(NoLedger));
    let sentence = ask(&remote).end.unwrap_err().to_string();
    assert_eq!(sentence, "localhost may not be asked: its name leads into a local network");
    assert!(talker.heard().is_empty());
}

#[test]
fn this_computer_under_its_name_is_asked() {
    let talker = answering(|_, _| saying("Yes."));
    let address = format!("http://localhost:{}/v1", talker.address().port());
    let address = Address::read(&address, Place::Computer).unwrap();
    let config = ServerConfig { address, ..config(&talker) };
    let told = ask(&Remote::new(config, None, None, Arc::new(NoLedger)));
    assert_eq!(told.text, "Yes.");
}
