//! A desk whose host can share, on a network that the test moves.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use commands::wire::{ApiError, NetworkCommand, NetworkView, StaffCommand, StaffReply};
use commands::{Core, EngineChoice, Host, OpenOptions, Session, Sharing};
use engine::scripted::{ScriptedEmbedder, ScriptedEngine};
use hardware::LocalAddress;
use server::Share;
use testkit::SHOP_ANSWERS;

type Addresses = Arc<Mutex<Vec<LocalAddress>>>;

pub(crate) struct Shop {
    pub(crate) core: Arc<Core>,
    /// The port that is tried first.
    pub(crate) port: u16,
    share: Arc<Share>,
    addresses: Addresses,
    folder: tempfile::TempDir,
}

struct Window(Arc<Share>);

impl Host for Window {
    fn choose_files(&self) -> Option<Vec<PathBuf>> {
        None
    }

    fn sharing(&self) -> Option<&dyn Sharing> {
        Some(&*self.0)
    }
}

impl Shop {
    /// A shop with a few approved answers, on one address, with a port that is free.
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shop = Self::start(folder, free_port());
        let answers = shop.folder.path().join("answers.csv");
        std::fs::write(&answers, SHOP_ANSWERS).unwrap();
        shop.core.import(&Session::staff("test"), &[answers], false, &mut |_| {}).unwrap();
        shop.core.settle();
        shop.network(NetworkCommand::Listen { address: String::new(), port: shop.port });
        shop
    }

    fn start(folder: tempfile::TempDir, port: u16) -> Self {
        let addresses = Addresses::default();
        let look = addresses.clone();
        let look = move || look.lock().unwrap().clone();
        let share = Arc::new(Share::looking_every(Duration::from_millis(20), look));
        let core = Core::open(OpenOptions {
            data: folder.path().join("desk"),
            engine: EngineChoice::Given {
                chat: Some(Arc::new(ScriptedEngine::repeating_the_passage())),
                embedder: Some(Arc::new(ScriptedEmbedder::new())),
            },
            sample: false,
            machine: None,
            host: Arc::new(Window(share.clone())),
        })
        .unwrap();
        let shop = Self { core, port, share, addresses, folder };
        shop.move_to(&["127.0.0.1"]);
        shop.share.put_before(&shop.core);
        shop.core.share_again().unwrap();
        shop
    }

    /// The program ends and starts again.
    pub(crate) fn restarted(self) -> Self {
        let Self { core, port, share, addresses: _, folder } = self;
        share.end();
        drop((core, share));
        Self::start(folder, port)
    }

    /// The computer has these addresses now.
    pub(crate) fn move_to(&self, addresses: &[&str]) {
        let interface = "test0".to_owned();
        let one = |address: &&str| LocalAddress {
            interface: interface.clone(),
            address: address.parse().unwrap(),
        };
        *self.addresses.lock().unwrap() = addresses.iter().map(one).collect();
    }

    pub(crate) fn try_network(&self, command: NetworkCommand) -> Result<NetworkView, ApiError> {
        match self.core.manage(&Session::staff("test"), StaffCommand::Network(command))? {
            StaffReply::Network(view) => Ok(*view),
            other => panic!("the network is told by a view, not by {other:?}"),
        }
    }

    pub(crate) fn network(&self, command: NetworkCommand) -> NetworkView {
        self.try_network(command).unwrap()
    }

    pub(crate) fn data(&self) -> &Path {
        self.core.folder()
    }

    /// A key as it lies in the file.
    pub(crate) fn key(&self, role: &str) -> String {
        let text = std::fs::read_to_string(self.data().join("keys")).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(role));
        line.unwrap().trim().to_owned()
    }
}

/// A port with a row of free ones behind it, below those that systems give away by themselves.
pub(crate) fn free_port() -> u16 {
    const ROW: u16 = 20;
    static ROWS: AtomicU16 = AtomicU16::new(0);
    // Runs beside each other begin at different places.
    let first = 20_000 + (std::process::id() % 30) as u16 * 400;
    loop {
        let port = first + ROWS.fetch_add(1, Ordering::Relaxed) * ROW;
        let row = (port..port + ROW).map(|port| TcpListener::bind(("127.0.0.1", port)));
        if row.collect::<Result<Vec<_>, _>>().is_ok() {
            return port;
        }
    }
}
