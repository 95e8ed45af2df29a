//! Pause keeps, cancel deletes, and nothing that ends a download loses what had come.

use std::fs;
use std::time::{Duration, Instant};

use catalog::download::{Download, DownloadError, Policy, State, kept};
use hostile::Manner;

use crate::kit::{FILE, Kit, quick, until};

/// A download of a slow server, some way on.
fn under_way(kit: &Kit) -> Download {
    let download = kit.start(kit.wanted(Manner::Paced)).unwrap();
    until("some bytes", || download.progress().have_bytes > 50_000);
    download
}

#[test]
fn a_pause_keeps_every_byte_and_the_download_goes_on_from_there() {
    let kit = Kit::of(1_000_000);
    let mut download = under_way(&kit);
    assert!(matches!(download.progress().state, State::Running));
    download.pause();
    let progress = download.wait();
    assert!(matches!(progress.state, State::Paused), "{progress:?}");
    assert!(progress.have_bytes < 1_000_000);
    assert_eq!(kit.part_bytes(), Some(progress.have_bytes));
    let left = kept(&kit.models());
    assert_eq!(left.len(), 1);
    assert_eq!((&left[0].wanted, left[0].have_bytes), (download.wanted(), progress.have_bytes));
    kit.gets(Manner::Paced);
    assert_eq!(kit.server.asked()[1].from(), Some(progress.have_bytes));
    assert_eq!(kept(&kit.models()), []);
}

#[test]
fn a_cancel_deletes_everything_that_came() {
    let kit = Kit::of(1_000_000);
    let mut download = under_way(&kit);
    download.cancel();
    assert!(matches!(download.wait().state, State::Cancelled));
    assert_eq!(fs::read_dir(kit.models()).unwrap().count(), 0);
}

#[test]
fn letting_go_of_a_download_pauses_it() {
    let kit = Kit::of(1_000_000);
    let start = Instant::now();
    drop(under_way(&kit));
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(kept(&kit.models())[0].have_bytes > 50_000);
    assert!(!kept(&kit.models())[0].in_use);
}

#[test]
fn a_second_download_of_the_same_file_is_refused() {
    let kit = Kit::of(1_000_000);
    let first = under_way(&kit);
    let second = kit.start(kit.wanted(Manner::Paced)).err();
    assert_eq!(second, Some(DownloadError::InUse { file: FILE.into() }));
    assert_eq!(kit.server.asked().len(), 1);
    drop(first);
    kit.gets(Manner::Paced);
}

#[test]
fn twenty_stops_anywhere_ask_for_no_byte_that_is_here() {
    let kit = Kit::of(2_000_000);
    kit.server.rest(Duration::from_millis(3));
    let mut kept = Vec::new();
    for stop in 0..20_u64 {
        let mut download = kit.start(kit.wanted(Manner::Paced)).unwrap();
        std::thread::sleep(Duration::from_millis(stop * 37 % 41));
        download.pause();
        let progress = download.wait();
        assert!(matches!(progress.state, State::Paused), "{progress:?}");
        assert_eq!(kit.part_bytes(), Some(progress.have_bytes));
        kept.push(progress.have_bytes);
    }
    assert!(kept.is_sorted() && kept[19] > 0, "{kept:?}");
    kit.server.rest(Duration::from_micros(50));
    kit.gets(Manner::Paced);
    let asked: Vec<u64> = kit.server.asked().iter().filter_map(hostile::Asked::from).collect();
    assert!(asked.is_sorted(), "{asked:?}");
    assert!(asked.iter().all(|from| kept.contains(from)), "{asked:?} {kept:?}");
    assert_eq!(asked.last(), kept.last());
}

#[test]
fn a_finished_file_is_remembered_as_right() {
    let kit = Kit::new();
    let cache = tempfile::tempdir().unwrap();
    let (models, wanted) = (kit.models(), kit.wanted(Manner::Ok));
    let cached = Some(cache.path());
    let mut download =
        Download::start(&models, cached, wanted, Policy::Mirror, quick(), Box::new(|_| {}))
            .unwrap();
    assert!(matches!(download.wait().state, State::Done(_)));
    let remembered = fs::read_to_string(cache.path().join("verified.json")).unwrap();
    assert!(remembered.contains(&kit.wanted(Manner::Ok).sha256), "{remembered}");
}

#[test]
fn the_end_is_told_once() {
    let kit = Kit::new();
    let (tell, told) = std::sync::mpsc::channel();
    let mut download = Download::start(
        &kit.models(),
        None,
        kit.wanted(Manner::Ok),
        Policy::Mirror,
        quick(),
        Box::new(move |state| tell.send(matches!(state, State::Done(_))).unwrap()),
    )
    .unwrap();
    download.wait();
    assert_eq!(told.iter().collect::<Vec<_>>(), [true]);
}
