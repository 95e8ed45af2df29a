//! How long a download waits, and when it stops waiting.

use std::time::{Duration, Instant};

use catalog::download::{DownloadError, Limits, State};
use hostile::Manner;

use crate::kit::{Kit, quick, until};

#[test]
fn a_busy_server_is_asked_again_after_the_time_it_names() {
    let kit = Kit::new();
    let limits = Limits { longest_wait: Duration::from_secs(5), ..quick() };
    let start = Instant::now();
    let progress = kit.start_within(kit.wanted(Manner::BusyOnce), limits).unwrap().wait();
    assert!(matches!(progress.state, State::Done(_)));
    assert!(start.elapsed() >= Duration::from_secs(1), "it named one second");
    assert_eq!(kit.server.asked().len(), 2);
}

#[test]
fn a_server_that_names_a_day_is_asked_again_sooner() {
    let kit = Kit::new();
    let start = Instant::now();
    kit.gets(Manner::BusyForADay);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_server_that_stays_busy_is_given_up() {
    let kit = Kit::new();
    let error = kit.fails(Manner::Busy);
    assert_eq!(error, DownloadError::Refused { host: "127.0.0.1".into(), status: 503 });
    assert_eq!(kit.server.asked().len(), 7);
}

#[test]
fn a_few_bytes_a_second_count_as_none() {
    let kit = Kit::new();
    let error = kit.fails(Manner::Slow);
    assert!(matches!(error, DownloadError::Stalled { .. }), "{error}");
    assert!(kit.server.sent_bytes() < 1000);
}

#[test]
fn a_server_that_hangs_is_given_up() {
    for manner in [Manner::Hang, Manner::HangHalfway] {
        let kit = Kit::new();
        let error = kit.fails(manner);
        assert!(matches!(error, DownloadError::Stalled { .. }), "{manner:?}: {error}");
    }
}

#[test]
fn a_connection_that_is_reset_is_made_again() {
    let kit = Kit::new();
    let error = kit.fails(Manner::Reset);
    assert!(matches!(error, DownloadError::Interrupted { .. }), "{error}");
    assert_eq!(kit.server.asked().len(), 7);
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_so() {
    let kit = Kit::new();
    let mut wanted = kit.wanted(Manner::Ok);
    // Nobody listens on the first port.
    wanted.url = "http://127.0.0.1:1/model.gguf".into();
    let progress = kit.start(wanted).unwrap().wait();
    let State::Failed(error) = progress.state else { panic!("{progress:?}") };
    assert!(matches!(&error, DownloadError::NoNetwork { host, .. } if host == "127.0.0.1"));
}

#[test]
fn a_wait_can_be_stopped_and_says_why_it_waits() {
    let kit = Kit::new();
    let limits = Limits { longest_wait: Duration::from_secs(60), ..quick() };
    let mut download = kit.start_within(kit.wanted(Manner::BusyForADay), limits).unwrap();
    until("it waits", || matches!(download.progress().state, State::Retrying(_)));
    let State::Retrying(why) = download.progress().state else { panic!("it goes on") };
    assert!(matches!(why, DownloadError::Refused { status: 503, .. }), "{why}");
    download.pause();
    assert!(matches!(download.wait().state, State::Paused));
}
