//! Callers who open connections and say nothing, or take their time.

use std::io::Write;
use std::time::{Duration, Instant};

use server::Doors;

use crate::http::{Door, loopback, read, shop};

/// A door that waits a second for what would come in ten.
fn hurried() -> Door {
    let mut options = loopback(Doors::Visitors);
    options.patience = Duration::from_secs(1);
    Door::open(shop(2, Duration::ZERO), options)
}

#[test]
fn two_hundred_silent_connections_hold_nobody_up_and_end_by_themselves() {
    let door = hurried();
    let mut slow: Vec<_> = (0..200).map(|_| door.connect()).collect();
    for (at, stream) in slow.iter_mut().enumerate() {
        let said: &[u8] = match at % 3 {
            0 => b"",
            1 => b"POST /visit HTT",
            _ => b"POST /visit HTTP/1.1\r\nX-Slow: ",
        };
        stream.write_all(said).unwrap();
    }
    let began = Instant::now();
    for _ in 0..5 {
        assert_eq!(door.ask("a", "Do you sell gift cards?").status, 200);
    }
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    // A letter now and then is not enough to stay.
    let mut dripping = slow.pop().unwrap();
    while dripping.write_all(b"x").is_ok() {
        assert!(began.elapsed() < Duration::from_secs(15), "it stays for ever");
        std::thread::sleep(Duration::from_millis(100));
    }
    for stream in slow {
        assert!([0, 408].contains(&read(stream).status));
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let door = hurried();
    let mut stream = door.connect();
    stream.write_all(door.head("POST /visit", &door.visitor, 100).as_bytes()).unwrap();
    stream.write_all(b"{\"do\"").unwrap();
    let began = Instant::now();
    assert_eq!(read(stream).status, 408);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
}

#[test]
fn half_a_body_and_a_closed_end_is_refused_at_once() {
    let door = hurried();
    let mut stream = door.connect();
    stream.write_all(door.head("POST /visit", &door.visitor, 100).as_bytes()).unwrap();
    stream.write_all(b"{\"do\"").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let began = Instant::now();
    let status = read(stream).status;
    assert!(status == 0 || (400..500).contains(&status), "{status}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    assert_eq!(door.get("/ready").status, 200);
}
