//! Replies as they come over the line.

use super::*;

fn check_read(reply: &str, status: u16, lines: &[&str], left: &str) {
    let mut reader = BufReader::new(reply.as_bytes());
    let mut told: Vec<String> = Vec::new();
    assert_eq!(read_reply(&mut reader, &mut |line| told.push(line.into())).unwrap(), status);
    assert_eq!(told, lines, "{reply:?}");
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, left, "{reply:?}");
}

#[test]
fn replies_are_read_to_their_end_and_no_further() {
    check_read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\nbHTTP", 200, &["a", "b"], "HTTP");
    let chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                  3\r\na\nb\r\n2\r\nc\n\r\n0\r\n\r\nnext";
    check_read(chunks, 200, &["a", "bc"], "next");
    check_read("HTTP/1.1 429 Too Many\r\n\r\n", 429, &[], "");
}

#[test]
fn a_reply_that_breaks_off_is_no_reply() {
    for reply in ["", "HTTP", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort"] {
        let read = read_reply(&mut BufReader::new(reply.as_bytes()), &mut |_| {});
        assert!(read.is_err(), "{reply:?}");
    }
}
