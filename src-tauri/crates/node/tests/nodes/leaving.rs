//! Who leaves is missed at once: the balancer lets go of the node, which then writes for nobody.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crate::balancer::{Balancer, Kind};
use crate::cluster::SITE;
use crate::turn;

/// What a node that thinks tells of one question.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Asked,
    Left,
}

/// Listens like a node that is always ready and never comes to an end: it says `says` and then
/// thinks until it is left alone.
fn thinking_node(says: &'static str) -> (SocketAddr, Receiver<Told>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let tell = tell.clone();
            std::thread::spawn(move || think(connection, says, &tell));
        }
    });
    (address, told)
}

fn think(mut connection: TcpStream, says: &str, tell: &Sender<Told>) {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match connection.read(&mut piece) {
            Ok(read) if read > 0 => head.extend_from_slice(&piece[..read]),
            _ => return,
        }
    }
    if head.starts_with(b"GET /ready") {
        let ready = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        let _sent = connection.write_all(ready.as_bytes());
        return;
    }
    if connection.write_all(says.as_bytes()).is_err() || tell.send(Told::Asked).is_err() {
        return;
    }
    loop {
        match connection.read(&mut piece) {
            Ok(read) if read > 0 => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            _ => break,
        }
    }
    let _nobody_asks = tell.send(Told::Left);
}

fn check_missed(kind: Kind, says: &'static str) {
    let folder = tempfile::tempdir().unwrap();
    let (node, told) = thinking_node(says);
    let run = folder.path().join("run");
    let Some(balancer) = Balancer::before(kind, &[node], run) else { return };
    let mut visitor = TcpStream::connect(balancer.address).unwrap();
    let head = format!("POST /visit HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 2\r\n\r\n{{}}");
    visitor.write_all(head.as_bytes()).unwrap();
    assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(Told::Asked));
    if !says.is_empty() {
        let mut piece = [0; 1024];
        let read = visitor.read(&mut piece).unwrap();
        assert!(read > 0, "{kind:?} holds back what was said");
    }
    let left = Instant::now();
    drop(visitor);
    assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(Told::Left), "{kind:?}");
    assert!(left.elapsed() < Duration::from_secs(1), "{kind:?}: {:?}", left.elapsed());
}

#[test]
fn a_visitor_who_leaves_is_missed_before_and_within_an_answer() {
    let Some(_turn) = turn() else { return };
    let begun = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\
                 Transfer-Encoding: chunked\r\n\r\n6\r\nhello\n\r\n";
    for kind in Kind::ALL {
        check_missed(kind, "");
        check_missed(kind, begun);
    }
}
