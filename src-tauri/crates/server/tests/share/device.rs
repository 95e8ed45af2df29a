//! A device on the network: a little HTTP, one connection a request.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use commands::wire::NetworkView;

/// Who asks, and how.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) address: SocketAddr,
    pub(crate) host: String,
    pub(crate) key: String,
}

/// What came back; a connection that was refused has status 0.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Device {
    /// A device that opens the first address that staff are shown.
    pub(crate) fn of(view: &NetworkView) -> Self {
        let url = &view.pages.first().expect("a page is shared").url;
        let rest = url.strip_prefix("http://").expect("it is an address");
        let (host, _) = rest.split_once('/').expect("it has a path");
        Self { address: host.parse().unwrap(), host: host.into(), key: key_of(view) }
    }

    /// A device that has only a port to knock at.
    pub(crate) fn at(port: u16) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        Self { address, host: address.to_string(), key: String::new() }
    }

    /// Whether somebody listens there.
    pub(crate) fn reaches(&self) -> bool {
        TcpStream::connect_timeout(&self.address, Duration::from_secs(2)).is_ok()
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send(&format!("GET {path}"), "")
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Reply {
        self.send(&format!("POST {path}"), body)
    }

    fn send(&self, line: &str, body: &str) -> Reply {
        let Self { address, host, key } = self;
        let Ok(mut connection) = TcpStream::connect_timeout(address, Duration::from_secs(2)) else {
            return Reply { status: 0, body: String::new() };
        };
        connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {key}\r\nConnection: \
             close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        connection.write_all(request.as_bytes()).unwrap();
        let mut reply = Vec::new();
        connection.read_to_end(&mut reply).unwrap();
        let reply = String::from_utf8_lossy(&reply);
        let (head, body) = reply.split_once("\r\n\r\n").unwrap_or_default();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Reply { status: status.unwrap_or(0), body: body.into() }
    }
}

/// The key in the first address that staff are shown.
pub(crate) fn key_of(view: &NetworkView) -> String {
    view.pages[0].url.split("#key=").nth(1).unwrap().to_owned()
}
