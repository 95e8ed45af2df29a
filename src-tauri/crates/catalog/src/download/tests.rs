//! Wishes that make no sense, the rate, and the room on the disk.

use std::time::{Duration, Instant};

use super::rate::Rate;
use super::{DownloadError, Wanted, room};

fn check_wanted(change: impl Fn(&mut Wanted), expected: bool) {
    let mut wanted = Wanted {
        id: "small".into(),
        url: "https://models.example.org/small.gguf".into(),
        file: "small.gguf".into(),
        size_bytes: 6,
        sha256: "0".repeat(64),
    };
    change(&mut wanted);
    let checked = wanted.check();
    assert_eq!(checked.is_ok(), expected, "{wanted:?}");
    assert!(matches!(checked, Ok(()) | Err(DownloadError::Unfit { .. })));
}

#[test]
fn a_file_name_never_leaves_its_folder() {
    check_wanted(|_| {}, true);
    for file in [
        "../x.gguf",
        "a/b.gguf",
        "a\\b.gguf",
        "/x.gguf",
        "",
        ".gguf",
        ".x.gguf",
        "x",
        "x.gguf.part",
        "C:x.gguf",
        "x\0.gguf",
    ] {
        check_wanted(|wanted| wanted.file = file.into(), false);
    }
    check_wanted(|wanted| wanted.size_bytes = 0, false);
    check_wanted(|wanted| wanted.sha256 = "0".repeat(63), false);
    check_wanted(|wanted| wanted.sha256 = "A".repeat(64), false);
}

#[test]
fn the_rate_is_smooth_and_falls_when_nothing_comes() {
    let start = Instant::now();
    let at = |milliseconds| start + Duration::from_millis(milliseconds);
    let mut rate = Rate::new(start);
    assert_eq!(rate.per_second(at(100)), 0);
    for step in 1..=40 {
        rate.add(100_000, at(step * 250));
    }
    assert_eq!(rate.per_second(at(10_000)), 400_000);
    rate.add(1_000_000, at(10_250));
    let after_a_burst = rate.per_second(at(10_250));
    assert!((400_000..700_000).contains(&after_a_burst), "{after_a_burst}");
    assert!(rate.per_second(at(40_000)) < 2_000);
    let mut early = Rate::new(start);
    early.add(1_000, at(10));
    assert_eq!(early.per_second(at(500)), 2_000, "bytes before the first step count");
}

#[test]
fn a_disk_needs_room_for_the_rest_and_a_tenth() {
    let check = |have, free, expected| assert_eq!(room::fits(1_000, have, free), expected);
    check(0, Some(1_100), true);
    check(0, Some(1_099), false);
    check(400, Some(700), true);
    check(400, Some(699), false);
    check(0, None, true);
    let folder = std::env::temp_dir().join("not").join("there");
    assert!(room::free_bytes(&folder).is_some_and(|bytes| bytes > 0));
    assert!(room::check(&folder, 1 << 60, 0).is_err());
}
