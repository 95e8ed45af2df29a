//! The load is drawn and counted as it should be.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;

use super::*;

/// A desk that answers every request after a time, one thread a connection.
fn slow_desk(takes: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || answer(connection, takes));
        }
    });
    address
}

fn answer(mut connection: std::net::TcpStream, takes: Duration) {
    let mut reader = BufReader::new(connection.try_clone().unwrap());
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let line = line.to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        thread::sleep(takes);
        let body = "{\"error\":{\"message\":\"nothing is known here\"}}\n";
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        if connection.write_all(format!("{head}{body}").as_bytes()).is_err() {
            return;
        }
    }
}

fn played(takes: Duration, per_minute: f64, seconds: f64) -> Vec<Visited> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let mut questions = Questions::read(&demo, 1).unwrap();
    let door = Door::new(&slow_desk(takes), "key");
    let load = Load { per_minute, seconds, warm_up_s: 0.0 };
    let shares = Shares { faq: 1.0, order: 0.0, open: 0.0 };
    play(&door, "test", &load, &shares, &mut questions).unwrap()
}

#[test]
fn visitors_come_whether_or_not_the_ones_before_are_answered() {
    // Sixty in one second, each of whom waits a second: a loop that waited would see a few.
    let visited = played(Duration::from_secs(1), 3_600.0, 1.0);
    assert!((40..85).contains(&visited.len()), "{}", visited.len());
    let slowest = visited.iter().map(|visited| visited.whole_ms).fold(0.0, f64::max);
    assert!((1_000.0..2_500.0).contains(&slowest), "{slowest}");
    assert!(visited.iter().all(|visited| visited.came == Err("nothing is known here".into())));
}

#[test]
fn who_comes_when_too_many_wait_is_counted_as_not_served() {
    let visited = played(Duration::from_secs(2), 24_000.0, 1.0);
    let away = visited.iter().filter(|visited| visited.whole_ms.is_infinite()).count();
    assert!(visited.len() > 300, "{}", visited.len());
    assert_eq!(visited.len() - away, MOST_WAITING);
}
