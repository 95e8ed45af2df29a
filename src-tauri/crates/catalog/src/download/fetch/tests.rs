//! What servers say about parts and waits.

use std::time::{Duration, SystemTime};

use super::{read_range, read_wait};

fn check_range(text: &str, expected: Option<(u64, u64, u64)>) {
    assert_eq!(read_range(text), expected, "{text:?}");
}

#[test]
fn a_part_is_read_only_where_it_is_clear() {
    check_range("bytes 10-19/20", Some((10, 19, 20)));
    check_range(" bytes 0-0/1 ", Some((0, 0, 1)));
    for text in [
        "bytes 10-19/*",
        "bytes */20",
        "bytes=10-19/20",
        "items 10-19/20",
        "bytes -10-19/20",
        "bytes +10-19/20",
        "bytes 10-19",
        "bytes /20",
        "bytes 99999999999999999999-1/2",
        "",
    ] {
        check_range(text, None);
    }
}

#[test]
fn a_wait_is_seconds_or_a_date_and_nothing_else() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let check = |text, seconds: Option<u64>| {
        assert_eq!(read_wait(text, now), seconds.map(Duration::from_secs), "{text:?}");
    };
    check("0", Some(0));
    check("120", Some(120));
    check("Sun, 06 Nov 1994 08:49:47 GMT", Some(10));
    check("Sun, 06 Nov 1994 08:49:27 GMT", None);
    check("-1", None);
    check("soon", None);
    check("", None);
}
