//! Downloads of models: nothing before somebody agreed, exact bytes or nothing, and nothing by
//! itself after a restart.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalog::download::{Limits, Policy};
use catalog::{Catalog, Entry, Purpose};
use commands::wire::{
    ApiError, Code, ComputerCommand, ComputerReply, DownloadOffer, DownloadState, DownloadView,
    StaffCommand, StaffReply,
};
use commands::{Core, DownloadRules, EngineChoice, Made, NoHost, OpenOptions, Session};
use engine::scripted::{ScriptedEmbedder, ScriptedEngine};
use hostile::{Manner, Server};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const ID: &str = "far";
const FILE: &str = "far.gguf";

/// A desk without its model, and a server that has it.
struct Far {
    server: Server,
    file: Vec<u8>,
    folder: TempDir,
    catalog: Catalog,
}

impl Far {
    fn new(manner: Manner) -> Self {
        Self::with_entry(manner, |_| {})
    }

    fn with_entry(manner: Manner, change: impl FnOnce(&mut Entry)) -> Self {
        let file: Vec<u8> =
            (0..400_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let server = Server::start(file.clone());
        let mut catalog = Catalog::bundled();
        let mut entry = catalog.for_purpose(Purpose::Chat).next().unwrap().clone();
        catalog.models.retain(|entry| entry.purpose == Purpose::Embedding);
        entry.id = ID.into();
        entry.name = "Far away".into();
        entry.file = FILE.into();
        entry.size_bytes = file.len() as u64;
        entry.sha256 = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
        entry.url = Some(server.url(manner));
        change(&mut entry);
        catalog.models.push(entry);
        Self { server, file, folder: TempDir::new().unwrap(), catalog }
    }

    /// Opens the desk with the rules of the catalogue that came with the program.
    fn open_by_the_usual_rules(&self) -> Desk {
        let core = Core::open(OpenOptions {
            data: self.folder.path().join("desk"),
            engine: EngineChoice::Made(Made {
                catalog: self.catalog.clone(),
                chat: Arc::new(|_, _| Arc::new(ScriptedEngine::repeating_the_passage())),
                embedder: Some(Arc::new(ScriptedEmbedder::new())),
            }),
            sample: false,
            machine: None,
            host: Arc::new(NoHost),
        });
        Desk { core: core.unwrap() }
    }

    /// Opens the desk with rules under which this computer's own server may be asked.
    fn open(&self) -> Desk {
        let desk = self.open_by_the_usual_rules();
        let limits = Limits {
            stall: Duration::from_millis(200),
            first_wait: Duration::from_millis(1),
            longest_wait: Duration::from_millis(10),
            ..Limits::default()
        };
        desk.core.download_by(DownloadRules { policy: Policy::Mirror, limits });
        desk
    }

    fn model(&self) -> PathBuf {
        self.folder.path().join("desk/models").join(FILE)
    }

    fn has_part(&self) -> bool {
        self.model().with_extension("gguf.part").exists()
    }
}

struct Desk {
    core: Arc<Core>,
}

impl Desk {
    fn ask(&self, command: ComputerCommand) -> Result<ComputerReply, ApiError> {
        let staff = Session::staff("test");
        match self.core.manage(&staff, StaffCommand::Computer(command))? {
            StaffReply::Computer(reply) => Ok(*reply),
            other => panic!("{other:?}"),
        }
    }

    fn offer(&self) -> Result<DownloadOffer, ApiError> {
        match self.ask(ComputerCommand::OfferDownload { id: ID.into() })? {
            ComputerReply::Offer(offer) => Ok(offer),
            other => panic!("{other:?}"),
        }
    }

    fn list_after(&self, command: ComputerCommand) -> Result<Vec<DownloadView>, ApiError> {
        match self.ask(command)? {
            ComputerReply::Downloads { downloads } => Ok(downloads),
            other => panic!("{other:?}"),
        }
    }

    fn list(&self) -> Vec<DownloadView> {
        self.list_after(ComputerCommand::Downloads).unwrap()
    }

    fn start(&self, size_bytes: u64) -> Result<Vec<DownloadView>, ApiError> {
        self.list_after(ComputerCommand::StartDownload { id: ID.into(), size_bytes })
    }

    /// Agrees to what is offered.
    fn begin(&self) {
        let offer = self.offer().unwrap();
        self.start(offer.size_bytes).unwrap();
    }

    fn wait_for(&self, wanted: impl Fn(&DownloadView) -> bool) -> DownloadView {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let list = self.list();
            if let Some(view) = list.iter().find(|view| wanted(view)) {
                return view.clone();
            }
            assert!(Instant::now() < deadline, "{list:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn wait_until_over(&self) -> DownloadView {
        self.wait_for(|view| matches!(view.state, DownloadState::Done | DownloadState::Failed))
    }

    /// What the page about this computer says of the model's file.
    fn state_of_the_file(&self) -> String {
        let staff = Session::staff("test");
        match self.core.manage(&staff, StaffCommand::Doctor).unwrap() {
            StaffReply::Doctor(doctor) => {
                doctor.models.into_iter().find(|model| model.id == ID).unwrap().state
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn nothing_is_downloaded_before_somebody_agreed_to_the_very_size() {
    let far = Far::new(Manner::Ok);
    let desk = far.open();
    assert_eq!(desk.start(400_000).unwrap_err().code, Code::Invalid);
    assert_eq!(far.server.asked(), [], "nobody was asked yet");
    let offer = desk.offer().unwrap();
    assert_eq!((offer.size_bytes, offer.have_bytes), (400_000, 0));
    assert_eq!((offer.name.as_str(), offer.host.as_str()), ("Far away", "127.0.0.1"));
    assert!(!offer.licence.is_empty() && offer.disk_free_bytes.is_some() && offer.fits_on_disk);
    assert_eq!(desk.start(399_999).unwrap_err().code, Code::Invalid);
    assert!(desk.list().is_empty() && !far.has_part());
    assert!(far.server.sent_bytes() <= 1, "an offer costs a byte");
}

#[test]
fn a_model_that_was_downloaded_is_ready_without_a_restart() {
    let far = Far::new(Manner::Cut);
    let desk = far.open();
    assert_eq!(desk.state_of_the_file(), "missing");
    desk.begin();
    let view = desk.wait_until_over();
    assert_eq!((view.state, view.error), (DownloadState::Done, None));
    assert_eq!((view.have_bytes, view.size_bytes), (400_000, 400_000));
    assert_eq!(far.server.asked().last().unwrap().from(), Some(200_000), "it was cut once");
    assert!(std::fs::read(far.model()).unwrap() == far.file);
    let deadline = Instant::now() + Duration::from_secs(10);
    while desk.state_of_the_file() != "ready" {
        assert!(Instant::now() < deadline, "never ready");
        std::thread::sleep(Duration::from_millis(2));
    }
    let again = desk.offer().unwrap_err();
    assert_eq!(again.code, Code::Invalid, "what is here is not brought twice");
}

#[test]
fn a_size_that_was_only_computed_gives_way_to_what_the_server_says() {
    let far = Far::with_entry(Manner::Ok, |entry| {
        (entry.size_bytes, entry.size_exact) = (390_000, false);
    });
    let desk = far.open();
    assert_eq!(desk.offer().unwrap().size_bytes, 400_000);
    assert_eq!(desk.start(390_000).unwrap_err().code, Code::Invalid);
    desk.start(400_000).unwrap();
    assert_eq!(desk.wait_until_over().state, DownloadState::Done);
}

#[test]
fn a_server_with_a_file_of_another_size_is_refused_before_anybody_agrees() {
    let far = Far::with_entry(Manner::Ok, |entry| entry.size_bytes = 390_000);
    let error = far.open().offer().unwrap_err();
    assert_eq!(error.code, Code::ModelRefused);
    assert!(error.message.contains("400000"), "{error:?}");
}

#[test]
fn a_restart_shows_the_download_as_paused_and_nothing_goes_on_by_itself() {
    let far = Far::new(Manner::Paced);
    let desk = far.open();
    desk.begin();
    let view = desk.wait_for(|view| view.have_bytes > 30_000);
    assert_eq!(view.state, DownloadState::Running);
    drop(desk);
    let asked = far.server.asked().len();

    let desk = far.open();
    let list = desk.list();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].id.as_str(), list[0].state), (ID, DownloadState::Paused));
    assert_eq!((list[0].name.as_str(), list[0].size_bytes), ("Far away", 400_000));
    let kept = list[0].have_bytes;
    assert!((30_000..400_000).contains(&kept), "{kept}");
    desk.core.settle();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(far.server.asked().len(), asked, "nobody told it to go on");

    desk.list_after(ComputerCommand::ResumeDownload { id: ID.into() }).unwrap();
    assert_eq!(desk.wait_until_over().state, DownloadState::Done);
    assert_eq!(far.server.asked()[asked].from(), Some(kept));
    assert!(std::fs::read(far.model()).unwrap() == far.file);
}

#[test]
fn a_pause_keeps_and_a_cancel_deletes() {
    let far = Far::new(Manner::Paced);
    let desk = far.open();
    desk.begin();
    desk.wait_for(|view| view.have_bytes > 30_000);
    let paused = desk.list_after(ComputerCommand::PauseDownload { id: ID.into() }).unwrap();
    assert_eq!((paused.len(), paused[0].state), (1, DownloadState::Paused));
    assert!(paused[0].have_bytes > 30_000 && far.has_part());
    assert_eq!(desk.offer().unwrap().have_bytes, paused[0].have_bytes);
    let gone = desk.list_after(ComputerCommand::CancelDownload { id: ID.into() }).unwrap();
    assert!(gone.is_empty() && !far.has_part());
    let resume = ComputerCommand::ResumeDownload { id: ID.into() };
    assert_eq!(desk.list_after(resume).unwrap_err().code, Code::NotFound);

    desk.begin();
    desk.wait_for(|view| view.have_bytes > 30_000);
    let gone = desk.list_after(ComputerCommand::CancelDownload { id: ID.into() }).unwrap();
    assert!(gone.is_empty() && !far.has_part(), "also while it runs");
}

#[test]
fn starting_twice_is_one_download() {
    let far = Far::new(Manner::Paced);
    let desk = far.open();
    desk.begin();
    let list = desk.start(400_000).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(desk.wait_until_over().state, DownloadState::Done);
    assert_eq!(far.server.asked().len(), 2, "the offer and the file");
}

#[test]
fn other_bytes_than_the_models_are_refused_and_deleted() {
    let far = Far::new(Manner::WrongHash);
    let desk = far.open();
    desk.begin();
    let view = desk.wait_until_over();
    let error = view.error.unwrap();
    assert_eq!((view.state, error.code), (DownloadState::Failed, Code::ModelRefused));
    assert!(error.message.contains("127.0.0.1") && error.hint.is_some(), "{error:?}");
    assert!(!far.model().exists() && !far.has_part());
    assert_eq!(desk.state_of_the_file(), "missing");
}

#[test]
fn a_download_that_gave_up_says_why_and_can_go_on() {
    let far = Far::new(Manner::Short);
    let desk = far.open();
    desk.begin();
    let view = desk.wait_until_over();
    assert_eq!(view.state, DownloadState::Failed);
    assert!(view.error.unwrap().hint.unwrap().contains("stick"));
    assert!(far.has_part());
    let again = desk.list_after(ComputerCommand::ResumeDownload { id: ID.into() }).unwrap();
    assert_eq!((again.len(), again[0].error.clone()), (1, None));
}

#[test]
fn without_a_network_the_hint_is_a_stick() {
    // Nobody listens on the first port.
    let nobody = "http://127.0.0.1:1/far.gguf";
    let far = Far::with_entry(Manner::Ok, |entry| entry.url = Some(nobody.into()));
    let error = far.open().offer().unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.hint.unwrap().contains("Bring it on a stick instead"));
}

#[test]
fn an_address_of_the_catalogue_is_asked_over_https_only() {
    let far = Far::new(Manner::Ok);
    let error = far.open_by_the_usual_rules().offer().unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert_eq!(far.server.asked(), []);
}

#[test]
fn a_model_without_an_address_or_a_name_is_told_apart() {
    let far = Far::with_entry(Manner::Ok, |entry| entry.url = None);
    let desk = far.open();
    assert_eq!(desk.offer().unwrap_err().code, Code::Unavailable);
    let unknown = desk.ask(ComputerCommand::OfferDownload { id: "../far".into() }).unwrap_err();
    assert_eq!(unknown.code, Code::NotFound);
    for command in [
        ComputerCommand::PauseDownload { id: ID.into() },
        ComputerCommand::CancelDownload { id: ID.into() },
        ComputerCommand::ResumeDownload { id: ID.into() },
    ] {
        let error = desk.ask(command).unwrap_err();
        assert!(error.code == Code::NotFound && error.hint.is_some(), "{error:?}");
    }
}
