//! Asks a server over the network: one host, no redirects, no name that leads elsewhere.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::{RequestBuilder, Response, redirect};
use tokio::time::timeout;

use crate::reach::Reach;
use crate::{Address, Key, RemoteError};

const PROGRAM: &str = concat!("frontdesk/", env!("CARGO_PKG_VERSION"));
/// A connection that is not used for so long is closed.
const IDLE_CONNECTION: Duration = Duration::from_secs(30);
/// Connections that are kept for the next question.
const IDLE_CONNECTIONS: usize = 4;

/// A client for one server.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    address: Address,
}

impl Client {
    /// Makes a client; nothing is asked yet.
    pub(crate) fn new(address: &Address, connect: Duration) -> Result<Self, RemoteError> {
        // The first one installed stays, and all would be the same.
        let _there_already = rustls::crypto::ring::default_provider().install_default().is_err();
        let mut builder = reqwest::Client::builder()
            .user_agent(PROGRAM)
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(connect)
            .pool_idle_timeout(IDLE_CONNECTION)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .tcp_nodelay(true)
            .http1_only()
            .dns_resolver(Resolver { host: address.host(), reach: address.reach() });
        if !address.leaves_the_house() {
            // What stands in the house is not reached by way of a proxy.
            builder = builder.no_proxy();
        }
        if !address.is_https() {
            builder = builder.tls_certs_only(Vec::new());
        }
        let http = builder.build().map_err(|error| RemoteError::Here {
            host: address.host(),
            reason: innermost(&error),
        })?;
        Ok(Self { http, address: address.clone() })
    }

    /// Asks for something; waits at most `patience` for the first byte.
    pub(crate) async fn get(
        &self,
        what: &str,
        key: Option<&Key>,
        patience: Duration,
    ) -> Result<Response, RemoteError> {
        self.send(self.http.get(self.address.of(what)), key, patience).await
    }

    /// Hands over a JSON body; waits at most `patience` for the first byte.
    pub(crate) async fn post(
        &self,
        what: &str,
        key: Option<&Key>,
        body: Vec<u8>,
        patience: Duration,
    ) -> Result<Response, RemoteError> {
        let request = self.http.post(self.address.of(what));
        let request = request
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(ACCEPT, HeaderValue::from_static("text/event-stream, application/json"))
            .body(body);
        self.send(request, key, patience).await
    }

    async fn send(
        &self,
        mut request: RequestBuilder,
        key: Option<&Key>,
        patience: Duration,
    ) -> Result<Response, RemoteError> {
        let host = self.address.host();
        if let Some(key) = key {
            let value = HeaderValue::from_str(&format!("Bearer {}", key.text()));
            let mut value = value.map_err(|_| RemoteError::Here {
                host: host.clone(),
                reason: "its key holds letters that no key has".into(),
            })?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let response = match timeout(patience, request.send()).await {
            Err(_) => return Err(RemoteError::Silent { host, seconds: patience.as_secs() }),
            Ok(Err(error)) => return Err(trouble(&error, host)),
            Ok(Ok(response)) => response,
        };
        if response.status().is_redirection() {
            let to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
            let to = crate::said::plain(to.unwrap_or("nowhere"), key.map(Key::text));
            return Err(RemoteError::Redirected { host, to });
        }
        Ok(response)
    }
}

/// What an error of the connection means.
pub(crate) fn trouble(error: &reqwest::Error, host: String) -> RemoteError {
    if let Some(Elsewhere { reach }) = find(error) {
        return RemoteError::NotAllowed { host, reason: reach.rule().into() };
    }
    if let Some(rustls::Error::InvalidCertificate(reason)) = find(error) {
        return RemoteError::Untrusted { host, reason: reason.to_string() };
    }
    let reason = innermost(error);
    if error.is_connect() || error.is_timeout() {
        RemoteError::Unreachable { host, reason }
    } else {
        RemoteError::Broken { host, reason }
    }
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

/// Turns the server's name into those of its addresses that may be called, anew for each
/// connection: what a name leads to may change while the program runs.
struct Resolver {
    host: String,
    reach: Reach,
}

/// A name without an address that may be called.
#[derive(Debug, thiserror::Error)]
#[error("the name leads elsewhere")]
struct Elsewhere {
    reach: Reach,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        // Another name can only be the proxy of this network, which may stand anywhere.
        let reach = if name.eq_ignore_ascii_case(&self.host) { Some(self.reach) } else { None };
        Box::pin(async move {
            let all = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let Some(reach) = reach else {
                return Ok(Box::new(all.collect::<Vec<_>>().into_iter()) as Addrs);
            };
            let allowed: Vec<SocketAddr> =
                all.filter(|address| reach.allows(address.ip())).collect();
            if allowed.is_empty() {
                return Err(Box::new(Elsewhere { reach }) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}
