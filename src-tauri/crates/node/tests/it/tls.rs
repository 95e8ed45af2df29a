//! Over https: only a host that can prove who it is, and never down to plain http.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hostile::Manner;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::desk::run;
use crate::get::Mirror;

/// Speaks https in front of a server, as a host that nobody knows.
struct Front {
    address: SocketAddr,
    /// Whoever trusts this file trusts the host.
    certificate: PathBuf,
}

impl Front {
    /// Answers as many connections as a test needs, each on a thread, and ends with the program.
    fn before(mirror: &Mirror) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_string()]).unwrap();
        let certificate = mirror.desk.write("host.pem", made.cert.pem());
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let chain = vec![CertificateDer::from(made.cert.der().to_vec())];
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let behind = mirror.server.address();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = config.clone();
                std::thread::spawn(move || {
                    // A client that does not trust us goes away; that is what is tested.
                    let _gone = pass_on(stream, config, behind).is_err();
                });
            }
        });
        Self { address, certificate }
    }

    fn url(&self, manner: Manner) -> String {
        format!("https://localhost:{}/{}/own.gguf", self.address.port(), manner.name())
    }
}

/// One request there, one answer back.
fn pass_on(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    behind: SocketAddr,
) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut front = StreamOwned::new(connection, stream);
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        front.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let mut back = TcpStream::connect(behind)?;
    back.write_all(&head)?;
    std::io::copy(&mut back, &mut front)?;
    front.conn.send_close_notify();
    front.flush()
}

#[test]
fn a_host_that_cannot_prove_who_it_is_is_refused() {
    let mirror = Mirror::new(100_000);
    let front = Front::before(&mirror);
    let refused = run(mirror.get_from(&front.url(Manner::Ok)).args(["--yes", "--json"]));
    assert_eq!(refused.status, 1, "{}", refused.stdout);
    let error = refused.error();
    assert!(error["message"].as_str().unwrap().contains("cannot prove who it is"), "{error}");
    assert!(error["hint"].as_str().unwrap().contains("date"), "{error}");
    assert_eq!(mirror.server.asked(), [], "not a word was said");
    assert!(!mirror.model().exists());
}

#[test]
fn a_host_that_this_computer_trusts_gives_the_file_over_https() {
    let mirror = Mirror::new(100_000);
    let front = Front::before(&mirror);
    let mut command = mirror.get_from(&front.url(Manner::Cut));
    let run = run(command.args(["--yes", "--json"]).env("SSL_CERT_FILE", &front.certificate));
    assert_eq!(run.status, 0, "{} {}", run.stdout, run.stderr);
    assert!(mirror.has_model());
    let asked = mirror.server.asked();
    assert_eq!(asked.len(), 3, "the size, a half, the other half");
    assert_eq!(asked[2].from(), Some(50_000));
}

#[test]
fn https_never_leads_down_to_plain_http() {
    let mirror = Mirror::new(100_000);
    let front = Front::before(&mirror);
    for manner in [Manner::RedirectHttp, Manner::RedirectLocalhost, Manner::RedirectFile] {
        let mut command = mirror.get_from(&front.url(manner));
        let run = run(command.args(["--yes", "--json"]).env("SSL_CERT_FILE", &front.certificate));
        assert_eq!(run.status, 1, "{manner:?}: {}", run.stdout);
        assert_eq!(run.error()["code"], "invalid", "{manner:?}");
    }
    assert_eq!(mirror.server.asked().len(), 3);
}
