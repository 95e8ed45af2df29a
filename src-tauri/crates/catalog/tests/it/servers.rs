//! A server's misbehaviour costs time, or the download; never a wrong file.

use catalog::download::{DownloadError, Limits, Policy, Wanted, offer};
use hostile::Manner;

use crate::kit::{Kit, quick};

/// The downloads of a manner whose first answer breaks off: what the second request asked, and how
/// many bytes went out in all.
fn after_a_cut(manner: Manner) -> (Kit, Option<u64>, u64) {
    let kit = Kit::new();
    kit.gets(manner);
    let from = kit.server.asked()[1].from();
    let sent = kit.server.sent_bytes();
    (kit, from, sent)
}

#[test]
fn a_good_server_gives_the_file_in_one_request() {
    let kit = Kit::new();
    kit.gets(Manner::Ok);
    let asked = kit.server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].header("accept-encoding"), Some("identity"));
    assert_eq!(asked[0].header("range"), None);
    for header in ["cookie", "authorization", "referer", "proxy-authorization"] {
        assert_eq!(asked[0].header(header), None);
    }
}

#[test]
fn a_download_cut_in_the_middle_goes_on_from_there() {
    let (kit, from, sent) = after_a_cut(Manner::Cut);
    assert_eq!(from, Some(150_000));
    assert_eq!(kit.server.asked()[1].header("if-range"), Some("\"first\""));
    assert_eq!(sent, 300_000, "no byte twice");
}

#[test]
fn a_server_that_ignores_the_range_makes_the_file_begin_anew_and_not_grow() {
    let (_, from, sent) = after_a_cut(Manner::NoRange);
    assert_eq!(from, Some(150_000));
    assert_eq!(sent, 450_000);
}

#[test]
fn a_part_that_was_not_asked_for_is_not_appended() {
    let (kit, ..) = after_a_cut(Manner::WrongRange);
    let asked = kit.server.asked();
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[2].from(), None, "after that everything is asked for");
}

#[test]
fn a_server_that_lies_about_the_length_is_refused() {
    for (manner, announced) in [(Manner::LieLonger, 301_000), (Manner::LieShorter, 299_000)] {
        let kit = Kit::new();
        let error = kit.fails(manner);
        let expected = DownloadError::OtherSize {
            host: "127.0.0.1".into(),
            expected_bytes: 300_000,
            announced_bytes: announced,
        };
        assert_eq!(error, expected);
        assert_eq!(kit.server.asked().len(), 1, "asking again cannot help");
    }
}

#[test]
fn a_server_that_always_sends_too_little_is_given_up() {
    let kit = Kit::new();
    let error = kit.fails(Manner::Short);
    assert!(matches!(error, DownloadError::Interrupted { .. }), "{error}");
    assert_eq!(kit.server.asked().len(), 7, "once and six times more");
    assert_eq!(kit.part_bytes(), Some(150_000), "what came is kept");
    let kit = Kit::new();
    let error = kit.fails(Manner::CutAgain);
    assert!(matches!(error, DownloadError::Interrupted { .. }), "{error}");
}

#[test]
fn a_server_that_sends_too_much_is_refused_and_nothing_is_kept() {
    let kit = Kit::new();
    let error = kit.fails(Manner::Long);
    assert!(matches!(error, DownloadError::WrongBytes { .. }), "{error}");
    assert_eq!(kit.part_bytes(), None);
}

#[test]
fn one_wrong_bit_is_refused_and_deleted() {
    let kit = Kit::new();
    let error = kit.fails(Manner::WrongHash);
    assert!(matches!(&error, DownloadError::WrongBytes { host, .. } if host == "127.0.0.1"));
    assert_eq!(kit.part_bytes(), None);
    kit.gets(Manner::Ok);
}

#[test]
fn a_file_that_changed_on_the_server_begins_anew() {
    let (kit, from, sent) = after_a_cut(Manner::EtagChange);
    assert_eq!(from, Some(150_000));
    assert_eq!(kit.server.asked().len(), 2);
    assert_eq!(sent, 450_000);
}

#[test]
fn the_rest_of_a_changed_file_is_not_appended() {
    let (kit, ..) = after_a_cut(Manner::EtagLie);
    assert_eq!(kit.server.asked().len(), 3);
}

#[test]
fn without_a_strong_etag_nothing_is_continued() {
    let (_, from, sent) = after_a_cut(Manner::WeakEtag);
    assert_eq!((from, sent), (None, 450_000));
}

#[test]
fn a_packed_file_is_refused() {
    let kit = Kit::new();
    let error = kit.fails(Manner::Gzip);
    let (host, encoding) = ("127.0.0.1".into(), "gzip".into());
    assert_eq!(error, DownloadError::Encoded { host, encoding });
}

#[test]
fn a_range_refused_with_416_begins_anew() {
    let (kit, from, sent) = after_a_cut(Manner::Unsatisfiable);
    assert_eq!(from, Some(150_000));
    assert_eq!((kit.server.asked().len(), sent), (3, 450_000));
}

#[test]
fn a_server_that_says_no_is_not_asked_again() {
    for (manner, status) in [(Manner::Gone, 404), (Manner::Forbidden, 403)] {
        let kit = Kit::new();
        let error = kit.fails(manner);
        assert_eq!(error, DownloadError::Refused { host: "127.0.0.1".into(), status });
        assert_eq!(kit.server.asked().len(), 1);
    }
}

#[test]
fn a_name_from_the_server_is_ignored() {
    Kit::new().gets(Manner::EvilName);
}

#[test]
fn an_offer_names_the_size_and_downloads_nothing() {
    let kit = Kit::new();
    let ask = |manner, is_exact, size_bytes| {
        let wanted = Wanted { size_bytes, ..kit.wanted(manner) };
        offer(&kit.models(), &wanted, is_exact, Policy::Mirror, quick())
    };
    let good = ask(Manner::Ok, true, 300_000).unwrap();
    assert_eq!((good.size_bytes, good.have_bytes, good.fits_on_disk), (300_000, 0, true));
    assert_eq!(good.host, "127.0.0.1");
    assert!(kit.server.sent_bytes() <= 1);
    assert!(!kit.models().exists(), "an offer writes nothing");
    let other = ask(Manner::Ok, true, 300_001).unwrap_err();
    assert!(matches!(other, DownloadError::OtherSize { announced_bytes: 300_000, .. }), "{other}");
    assert_eq!(ask(Manner::Ok, false, 250_000).unwrap().size_bytes, 300_000);
    assert_eq!(ask(Manner::Short, true, 300_000).unwrap().size_bytes, 300_000);
    let silent = ask(Manner::Long, true, 300_000).unwrap_err();
    assert!(matches!(silent, DownloadError::NoSize { .. }), "{silent}");
    let gone = ask(Manner::Gone, true, 300_000).unwrap_err();
    assert!(matches!(gone, DownloadError::Refused { status: 404, .. }), "{gone}");
}

#[test]
fn an_offer_counts_what_is_here_already() {
    let kit = Kit::new();
    let limits = Limits { retries: 0, ..quick() };
    kit.start_within(kit.wanted(Manner::Cut), limits).unwrap().wait();
    let offer = offer(&kit.models(), &kit.wanted(Manner::Cut), true, Policy::Mirror, quick());
    let offer = offer.unwrap();
    assert_eq!((offer.size_bytes, offer.have_bytes), (300_000, 150_000));
}
