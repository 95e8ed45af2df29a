//! A server that is asked to end: balancers hear it first, answers under way are given to the end.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use server::Doors;

use crate::http::{Door, loopback, shop};

#[test]
fn ready_says_no_first_then_the_door_closes_then_answers_end() {
    let mut options = loopback(Doors::Visitors);
    options.drain = Duration::from_secs(1);
    options.grace = Duration::from_secs(20);
    let mut door = Door::open(shop(2, Duration::from_millis(250)), options);
    let running = door.running.take().unwrap();
    let door = &door;
    std::thread::scope(|scope| {
        let began = Instant::now();
        let ending = scope.spawn(move || running.stop());
        until(|| door.get("/ready").status == 503);
        assert!(door.get("/ready").body.contains("draining"));
        assert_eq!(door.get("/health").status, 200, "it works as before");
        let late = scope.spawn(|| door.ask("a", "How long do refunds take for boots?"));
        until(|| TcpStream::connect(door.address).is_err());
        assert!(began.elapsed() >= Duration::from_millis(900), "{:?}", began.elapsed());
        let reply = late.join().unwrap();
        let turn = reply.turn();
        assert_eq!((reply.status, &turn["interrupted"]), (200, &false.into()), "{reply:?}");
        ending.join().unwrap();
    });
    assert!(!door.desk.core.is_answering());
}

#[test]
fn an_answer_without_an_end_does_not_hold_the_server() {
    let mut options = loopback(Doors::Visitors);
    options.grace = Duration::from_millis(300);
    let mut door = Door::open(shop(2, Duration::from_millis(900)), options);
    let running = door.running.take().unwrap();
    let door = &door;
    std::thread::scope(|scope| {
        scope.spawn(|| door.ask("a", "How long do refunds take for boots?"));
        until(|| door.desk.core.is_answering());
        let began = Instant::now();
        running.stop();
        assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    });
}

fn until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(15), "it does not come to that");
        std::thread::sleep(Duration::from_millis(10));
    }
}
