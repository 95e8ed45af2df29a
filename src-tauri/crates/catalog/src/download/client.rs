//! Asks a server, and follows where it leads as far as that is allowed.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT_ENCODING, IF_NONE_MATCH, IF_RANGE, LOCATION, RANGE};
use reqwest::{Response, StatusCode, Url, redirect};
use tokio::time::timeout;

use super::policy::{Reach, host_of};
use super::{DownloadError, Limits, Policy};

/// So often one answer may lead to another address.
const MOST_REDIRECTS: usize = 5;
const PROGRAM: &str = concat!("frontdesk/", env!("CARGO_PKG_VERSION"));

/// Why there is no answer, or none of use.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Trying again cannot help.
    Final(DownloadError),
    /// Trying again may help, after this time where the server named one.
    Again(DownloadError, Option<Duration>),
}

/// A client for one address.
pub(super) struct Client {
    http: reqwest::Client,
    first: Url,
    policy: Policy,
    limits: Limits,
}

/// Which part of the file is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask<'a> {
    /// All of it.
    All,
    /// The rest from here, if the file is still the one with this ETag.
    From(u64, &'a str),
    /// Its first byte: enough to learn its size.
    FirstByte,
    /// All of it, if it is no longer the one with this ETag.
    IfChanged(&'a str),
}

impl Client {
    /// Checks the address and makes a client for it; nothing is asked yet.
    pub(super) fn new(
        address: &str,
        policy: Policy,
        limits: Limits,
    ) -> Result<Self, DownloadError> {
        let first = policy.first(address)?;
        // The first one installed stays, and all would be the same.
        let _there_already = rustls::crypto::ring::default_provider().install_default().is_err();
        let mut builder = reqwest::Client::builder()
            .user_agent(PROGRAM)
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            // Each try begins anew; a connection that is kept would keep its trouble.
            .pool_max_idle_per_host(0)
            .http1_only()
            .dns_resolver(Resolver { first: first.clone(), policy });
        if first.scheme() == "http" {
            // Neither certificates nor a proxy have anything to do with the local network.
            builder = builder.no_proxy().tls_certs_only(Vec::new());
        }
        let http = builder.build().map_err(|error| DownloadError::Untrusted {
            host: host_of(&first),
            reason: innermost(&error),
        })?;
        Ok(Self { http, first, policy, limits })
    }

    /// The host that is asked first, for people.
    pub(super) fn host(&self) -> String {
        host_of(&self.first)
    }

    /// Asks, and follows redirects by hand: each is held against the policy before it is followed.
    pub(super) async fn ask(&self, ask: Ask<'_>) -> Result<Response, Trouble> {
        let mut url = self.first.clone();
        for _ in 0..=MOST_REDIRECTS {
            let mut request = self.http.get(url.clone()).header(ACCEPT_ENCODING, "identity");
            request = match ask {
                Ask::All => request,
                Ask::From(from, etag) => {
                    request.header(RANGE, format!("bytes={from}-")).header(IF_RANGE, etag)
                }
                Ask::FirstByte => request.header(RANGE, "bytes=0-0"),
                Ask::IfChanged(etag) => request.header(IF_NONE_MATCH, etag),
            };
            let answer = timeout(self.limits.stall, request.send()).await;
            let response = match answer {
                Err(_) => return Err(Trouble::Again(self.stalled(&url), None)),
                Ok(Err(error)) => return Err(trouble(&error, host_of(&url))),
                Ok(Ok(response)) => response,
            };
            if !is_redirect(response.status()) {
                return Ok(response);
            }
            let target = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
            let next = target.and_then(|target| url.join(target).ok()).ok_or_else(|| {
                let host = host_of(&url);
                Trouble::Final(DownloadError::Refused { host, status: response.status().as_u16() })
            })?;
            self.policy.follow(&self.first, &url, &next).map_err(Trouble::Final)?;
            url = next;
        }
        Err(Trouble::Final(DownloadError::TooManyRedirects { host: self.host() }))
    }

    fn stalled(&self, url: &Url) -> DownloadError {
        DownloadError::Stalled { host: host_of(url), seconds: self.limits.stall.as_secs() }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// What an error of the connection means.
pub(super) fn trouble(error: &reqwest::Error, host: String) -> Trouble {
    if let Some(Unreachable { name, reach }) = find(error) {
        let reason = match reach {
            Reach::Public => "its name leads into a local network",
            Reach::Local => "plain http is for this computer and the local network only",
            Reach::Any => "it has no address",
        };
        return Trouble::Final(DownloadError::NotAllowed {
            host: name.clone(),
            reason: reason.into(),
        });
    }
    if let Some(rustls::Error::InvalidCertificate(reason)) = find(error) {
        let reason = reason.to_string();
        return Trouble::Final(DownloadError::Untrusted { host, reason });
    }
    let reason = innermost(error);
    let error = if error.is_connect() || error.is_timeout() {
        DownloadError::NoNetwork { host, reason }
    } else {
        DownloadError::Interrupted { host, reason }
    };
    Trouble::Again(error, None)
}

/// The first error of a kind in a chain, also where the system's errors hide it.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<T>() {
            return Some(found);
        }
        let hidden = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = hidden.and_then(|hidden| find::<T>(hidden)) {
            return Some(found);
        }
        next = error.source();
    }
    None
}

/// The words nearest to the cause.
fn innermost(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// Turns names into those of their addresses that may be called.
struct Resolver {
    first: Url,
    policy: Policy,
}

/// A name without an address that may be called.
#[derive(Debug, thiserror::Error)]
#[error("{name} has no address that may be called")]
struct Unreachable {
    name: String,
    reach: Reach,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_string();
        let reach = self.policy.reach(&self.first, &name);
        Box::pin(async move {
            let all = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                all.filter(|address| reach.allows(address.ip())).collect();
            if allowed.is_empty() {
                return Err(Box::new(Unreachable { name, reach }) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
