//! HAProxy and nginx, on the files that the planner writes.

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use capacity::{Deployment, Front};

use crate::cluster::{Cluster, SITE, free_address, wait, write};
use crate::skip;
use crate::visitors::get;

/// A load balancer of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    HaProxy,
    Nginx,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::HaProxy, Self::Nginx];

    fn program(self) -> &'static str {
        match self {
            Self::HaProxy => "haproxy",
            Self::Nginx => "nginx",
        }
    }

    /// Its path, where the system has it; says so where it has not.
    pub(crate) fn found(self) -> Option<String> {
        let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
        let mut paths = folders.iter().map(|folder| format!("{folder}/{}", self.program()));
        let found = paths.find(|path| Path::new(path).exists());
        if found.is_none() {
            skip(&format!("there is no {0}; install the package {0}", self.program()));
        }
        found
    }
}

/// One that runs in front of some nodes.
pub(crate) struct Balancer {
    kind: Kind,
    child: Child,
    run: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Balancer {
    /// Starts it and waits until it lets somebody through. `None` where the system has none.
    pub(crate) fn start(kind: Kind, cluster: &Cluster) -> Option<Self> {
        Self::before(kind, &cluster.addresses(), cluster.path("run"))
    }

    /// The same in front of whatever listens on these addresses; its own files lie in `run`.
    pub(crate) fn before(kind: Kind, nodes: &[SocketAddr], run: PathBuf) -> Option<Self> {
        let program = kind.found()?;
        let address = free_address();
        let deployment = Deployment {
            nodes: nodes.iter().map(SocketAddr::to_string).collect(),
            site: SITE.into(),
            front: Front::Http { address: address.to_string() },
            run: run.to_string_lossy().into_owned(),
            ..Deployment::usual(1)
        };
        let mut command = command(kind, &program, &deployment, &run);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let balancer = Self { kind, child: command.spawn().unwrap(), run, address };
        wait("the balancer lets visitors through", || get(address, SITE, "/ready") == Some(200));
        Some(balancer)
    }

    /// Says something to HAProxy on its socket, as whoever looks after it does.
    pub(crate) fn tell(&self, command: &str) -> String {
        let mut socket = UnixStream::connect(self.run.join("admin.sock")).unwrap();
        socket.write_all(format!("{command}\n").as_bytes()).unwrap();
        let mut said = String::new();
        socket.read_to_string(&mut said).unwrap();
        said
    }

    /// Waits until a node that came back is sent visitors again. nginx keeps no list of who is gone.
    pub(crate) fn wait_until_seen(&self, number: usize) {
        const STATUS: usize = 17;
        let name = format!("nodes,n{number},");
        let is_up = |line: &str| {
            line.starts_with(&name) && line.split(',').nth(STATUS).is_some_and(|it| it == "UP")
        };
        wait(&format!("the balancer sees node {number}"), || {
            self.kind == Kind::Nginx || self.tell("show stat").lines().any(is_up)
        });
    }
}

/// The command that runs it in the foreground.
pub(crate) fn command(kind: Kind, program: &str, deployment: &Deployment, run: &Path) -> Command {
    let files = deployment.files().unwrap();
    let text = |path: &str| files.iter().find(|file| file.path == path).unwrap().text.clone();
    std::fs::create_dir_all(run).unwrap();
    let mut command = Command::new(program);
    match kind {
        Kind::HaProxy => {
            let file = run.join("haproxy.cfg");
            write(&file, &text("haproxy.cfg"));
            command.arg("-db").arg("-f").arg(file);
        }
        Kind::Nginx => {
            let file = run.join("nginx.conf");
            // Without this it wants folders of the system, which root alone may use.
            let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map(|what| format!("{what}_temp_path {};", run.join(what).display()))
                .join(" ");
            let own = format!("http {{\n  {folders}\n");
            write(&file, &text("nginx.conf").replacen("http {\n", &own, 1));
            let globals = format!(
                "daemon off; pid {0}/nginx.pid; error_log {0}/nginx.log;",
                run.to_string_lossy()
            );
            command.arg("-p").arg(run).arg("-c").arg(file).args(["-g", &globals]);
        }
    }
    command
}

impl Drop for Balancer {
    fn drop(&mut self) {
        // nginx's workers end with a master that is asked, not with one that is killed.
        crate::cluster::ask_to_end(&self.child);
        let _ended = self.child.wait();
    }
}
