//! HAProxy in front of the nodes, on the file that the planner writes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use capacity::{Deployment, Front};

use super::super::broken;
use crate::exit::Failure;

const PROGRAMS: [&str; 3] = ["/usr/sbin/haproxy", "/usr/bin/haproxy", "/usr/local/sbin/haproxy"];
/// Until it lets somebody through.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running HAProxy. Dropping it ends it.
pub(super) struct Balancer {
    process: Child,
}

impl Balancer {
    /// Starts it on an address, in front of these nodes.
    pub(super) fn start(
        address: SocketAddr,
        nodes: &[SocketAddr],
        folder: &Path,
    ) -> Result<Self, Failure> {
        let deployment = Deployment {
            nodes: nodes.iter().map(SocketAddr::to_string).collect(),
            site: address.to_string(),
            front: Front::Http { address: address.to_string() },
            run: folder.to_string_lossy().into_owned(),
            ..Deployment::usual(1)
        };
        let files = deployment.files().map_err(broken)?;
        let file = files.iter().find(|file| file.path == "haproxy.cfg");
        let path = folder.join("haproxy.cfg");
        std::fs::write(&path, file.map_or("", |file| file.text.as_str())).map_err(broken)?;
        let mut command = Command::new(program()?);
        command.arg("-db").arg("-f").arg(&path);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut balancer = Self { process: command.spawn().map_err(broken)? };
        let deadline = Instant::now() + PATIENCE;
        while !is_ready(address) {
            if balancer.process.try_wait().map_err(broken)?.is_some() {
                return Err(broken("HAProxy did not start"));
            }
            if Instant::now() > deadline {
                return Err(broken("no node is ready; see what frontdesk-node doctor says"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        // Two checks of each node, a second apart, and it knows all of them.
        std::thread::sleep(Duration::from_secs(3));
        Ok(balancer)
    }
}

/// Whether a node behind this address takes visitors.
fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let request =
            format!("GET /ready HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    };
    ask().is_ok_and(|reply| reply.starts_with("HTTP/1.1 200"))
}

fn program() -> Result<&'static str, Failure> {
    PROGRAMS.into_iter().find(|path| Path::new(path).exists()).ok_or_else(|| {
        Failure::usage("there is no haproxy on this computer", "Install the package haproxy.")
    })
}

/// The first line that it tells of itself.
pub(super) fn version() -> Option<String> {
    let output = Command::new(program().ok()?).arg("-v").output().ok()?;
    String::from_utf8_lossy(&output.stdout).lines().next().map(str::to_owned)
}

impl Drop for Balancer {
    fn drop(&mut self) {
        if let Err(error) = self.process.kill().and_then(|()| self.process.wait()) {
            tracing::warn!(%error, "HAProxy did not end");
        }
    }
}
