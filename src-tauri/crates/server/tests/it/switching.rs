//! A program with a window switches its server on and off.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use commands::wire::Role;
use server::{Doors, Keys, Options, Running, ServerError};
use testkit::TestDesk;

use crate::client::Served;

#[test]
fn a_server_goes_on_and_off_while_the_desk_runs() {
    let served = Served::shop();
    served.check_it_answers();
    let address = served.server.address();
    let started = Instant::now();
    served.server.stop();
    assert!(started.elapsed() < Duration::from_secs(7), "{:?}", started.elapsed());
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
    let again = Served::on(served.desk);
    again.check_it_answers();
}

#[test]
fn an_address_that_is_taken_is_told() {
    let served = Served::shop();
    let other = TestDesk::empty();
    let keys = Keys::read_or_make(&other.data().join("keys")).unwrap();
    let taken = Options::new(served.server.address(), Doors::Everybody);
    let Err(error) = Running::start(other.core.clone(), keys, taken) else {
        panic!("two servers at one address")
    };
    assert!(matches!(error, ServerError::Listen { .. }));
    assert!(error.to_string().contains(&served.server.address().to_string()), "{error}");
}

#[test]
fn it_is_known_who_is_connected() {
    let served = Served::shop();
    let minute = Duration::from_secs(60);
    assert_eq!(served.server.callers().within(minute), []);
    let body = crate::client::question_of("Do you sell gift cards?").to_string();
    for _ in 0..2 {
        let more = ["User-Agent: tablet at the till"];
        let mut open = served.open("POST /v1/chat/completions", &served.visitor, &body, &more);
        crate::client::read_all(&mut open);
    }
    // A stranger is not a guest.
    served.send("POST /v1/chat/completions", "no key of ours", &body);
    let seen = served.server.callers().within(minute);
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert!(seen[0].address.is_loopback());
    assert_eq!((seen[0].role, seen[0].requests), (Role::Visitor, 2));
    assert_eq!(seen[0].agent, "tablet at the till");
}
