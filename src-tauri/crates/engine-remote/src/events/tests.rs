//! Streams as servers send them, whole and in pieces.

use super::*;

/// Reads a stream at once and byte by byte.
fn check_events(stream: &[u8], expected: &[&str], rest: Option<&str>) {
    for size in [stream.len().max(1), 1, 2, 3, 7] {
        let mut events = Events::default();
        let mut whole = Vec::new();
        for piece in stream.chunks(size) {
            whole.extend(events.push(piece).unwrap());
        }
        let shown = String::from_utf8_lossy(stream);
        assert_eq!(whole, expected, "{shown:?} in pieces of {size}");
        assert_eq!(events.rest().unwrap().as_deref(), rest, "{shown:?}");
    }
}

#[test]
fn events_end_with_an_empty_line() {
    check_events(b"", &[], None);
    check_events(b"data: a\n\ndata: b\n\n", &["a", "b"], None);
    check_events(b"data: a\r\n\r\ndata: b\r\n\r\n", &["a", "b"], None);
    check_events(b"data: a\r\rdata: b\r\r", &["a", "b"], None);
    check_events(b"data:a\n\n", &["a"], None);
    check_events(b"data:  a\n\n", &[" a"], None);
    check_events(b"data: a\ndata: b\n\n", &["a\nb"], None);
    check_events("data: Größe\n\n".as_bytes(), &["Größe"], None);
    check_events("\u{feff}data: a\n\n".as_bytes(), &["a"], None);
}

#[test]
fn what_is_no_data_is_passed_over() {
    check_events(b": ping\n\n: ping\n\ndata: a\n\n", &["a"], None);
    check_events(b"event: x\nid: 1\nretry: 9\ndata: a\n\n", &["a"], None);
    check_events(b"data\n\n", &[""], None);
    check_events(b"nonsense\n\n\n\n", &[], None);
}

#[test]
fn an_event_without_an_end_is_left_over() {
    check_events(b"data: a\n\ndata: b", &["a"], Some("b"));
    check_events(b"data: a\n\ndata: b\n", &["a"], Some("b"));
    check_events(b"data: a\n\n: pi", &["a"], None);
}

fn check_unfit(stream: &[u8], expected: Unfit) {
    let mut events = Events::default();
    let unfit = stream.chunks(4096).find_map(|piece| events.push(piece).err());
    assert_eq!(unfit, Some(expected));
}

#[test]
fn a_stream_has_limits() {
    check_unfit(b"data: \xff\xfe\n\n", Unfit::NoText);
    check_unfit(b"data: \xc3\n\n", Unfit::NoText);
    check_unfit(&vec![b'a'; 300 << 10], Unfit::LongEvent);
    check_unfit(&b"data: aaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(20_000), Unfit::LongEvent);
    check_unfit(&b"data: aaaaaaaaaaaaaaaaaaaaaaaaaa\n\n".repeat(400_000), Unfit::LongStream);
}
