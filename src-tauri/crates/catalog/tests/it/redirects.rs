//! A redirect leads only where the policy lets it, and five times at most.

use catalog::download::{DownloadError, Policy};
use hostile::{Manner, Server};

use crate::kit::{Kit, noise, quick};

/// Expects that the redirect is refused, naming this host.
fn check_refused(manner: Manner, host: &str) {
    let kit = Kit::new();
    let error = kit.fails(manner);
    assert!(matches!(&error, DownloadError::NotAllowed { host: h, .. } if h == host), "{error}");
    assert_eq!(kit.server.asked().len(), 1, "nothing else is asked");
    assert_eq!(kit.server.sent_bytes(), 0);
}

#[test]
fn five_redirects_are_followed_and_a_sixth_is_not() {
    let kit = Kit::new();
    kit.gets(Manner::Redirects(5));
    assert_eq!(kit.server.asked().len(), 6);
    let kit = Kit::new();
    let error = kit.fails(Manner::Redirects(6));
    assert_eq!(error, DownloadError::TooManyRedirects { host: "127.0.0.1".into() });
}

#[test]
fn a_redirect_loop_ends() {
    let kit = Kit::new();
    let error = kit.fails(Manner::RedirectLoop);
    assert_eq!(error, DownloadError::TooManyRedirects { host: "127.0.0.1".into() });
    assert_eq!(kit.server.asked().len(), 6);
}

#[test]
fn a_redirect_to_a_file_of_this_computer_is_refused() {
    check_refused(Manner::RedirectFile, "file");
}

#[test]
fn a_redirect_to_a_plain_address_elsewhere_is_refused() {
    check_refused(Manner::RedirectHttp, "files.example.com");
}

#[test]
fn a_redirect_to_the_secrets_of_a_cloud_is_refused() {
    check_refused(Manner::RedirectMetadata, "169.254.169.254");
}

#[test]
fn a_redirect_to_another_name_of_this_computer_is_refused() {
    check_refused(Manner::RedirectLocalhost, "localhost");
}

#[test]
fn a_redirect_to_another_port_of_this_computer_is_refused_and_that_port_is_not_asked() {
    let other = Server::start(noise(300_000));
    let mut kit = Kit::new();
    kit.server = Server::start_beside(kit.file.clone(), Some(&other));
    let error = kit.fails(Manner::RedirectElsewhere);
    assert!(matches!(error, DownloadError::NotAllowed { .. }), "{error}");
    assert_eq!(other.asked(), []);
}

#[test]
fn an_address_of_the_catalogue_is_never_asked_over_plain_http() {
    let kit = Kit::new();
    let wanted = kit.wanted(Manner::Ok);
    let started = catalog::download::Download::start(
        &kit.models(),
        None,
        wanted,
        Policy::Catalogue,
        quick(),
        Box::new(|_| {}),
    );
    assert!(matches!(started, Err(DownloadError::NotAllowed { .. })));
    assert_eq!(kit.server.asked(), []);
    assert!(!kit.models().exists());
}
