//! A desk in a temporary folder, on the scripted engine: what behaviour tests talk to.
//!
//! Not part of the product. A test makes a [`TestDesk`], asks, and checks what must be true of
//! the reply; the engine and the embedder can be switched off and on while it runs.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use commands::wire::{
    ApiError, Ask, Generation, ImportReport, SettingsChange, StaffCommand, StaffReply, Turn,
    TurnEvent, VisitorCommand, VisitorReply,
};
use commands::{Core, EngineChoice, NoHost, OpenOptions, Session};
use engine::scripted::{ScriptedEmbedder, ScriptedEngine};
use tempfile::TempDir;

/// A desk and the stand-ins it runs on.
pub struct TestDesk {
    /// The desk.
    pub core: Arc<Core>,
    /// What phrases answers.
    pub chat: Arc<ScriptedEngine>,
    /// What finds passages.
    pub embedder: Arc<ScriptedEmbedder>,
    folder: TempDir,
}

/// A small document about opening hours and returns, for tests that need one.
pub const SHOP_DOCUMENT: &str = "\
# Shop rules

## Opening hours

The shop opens at 9 am and closes at 6 pm from Monday to Saturday. On Sundays the shop is closed.

## Returns

Walking boots can be returned within 30 days if they have not been worn outside. Refunds take five
working days and go back to the card you paid with.

## Kayak rental

A kayak costs 25 pounds for half a day. A life jacket is included in the price.
";

/// A small table of approved answers.
pub const SHOP_ANSWERS: &str = "\
question,answer,alternatives
Do you sell gift cards?,\"Yes, gift cards are sold at the till from 10 pounds.\",Can I buy a voucher?|gift voucher
Is there parking at the shop?,\"There are twelve free parking places behind the shop.\",Where can I park?
";

impl TestDesk {
    /// An empty desk whose chat engine repeats the best passage.
    pub fn empty() -> Self {
        Self::with_engine(ScriptedEngine::repeating_the_passage())
    }

    /// An empty desk on this chat engine.
    pub fn with_engine(chat: ScriptedEngine) -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder can be made");
        Self::open(folder, chat, false)
    }

    /// A desk with [`SHOP_DOCUMENT`] and [`SHOP_ANSWERS`].
    pub fn shop() -> Self {
        Self::shop_with_engine(ScriptedEngine::repeating_the_passage())
    }

    /// The same on another chat engine.
    pub fn shop_with_engine(chat: ScriptedEngine) -> Self {
        let desk = Self::with_engine(chat);
        desk.import_text("rules.md", SHOP_DOCUMENT);
        desk.import_text("answers.csv", SHOP_ANSWERS);
        desk
    }

    /// A desk with the sample shop that comes with the program.
    pub fn sample() -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder can be made");
        let desk = Self::open(folder, ScriptedEngine::repeating_the_passage(), true);
        desk.core.settle();
        desk
    }

    fn open(folder: TempDir, chat: ScriptedEngine, sample: bool) -> Self {
        let (chat, embedder) = (Arc::new(chat), Arc::new(ScriptedEmbedder::new()));
        let core = Core::open(OpenOptions {
            data: folder.path().join("desk"),
            engine: EngineChoice::Given {
                chat: Some(chat.clone()),
                embedder: Some(embedder.clone()),
            },
            sample,
            machine: None,
            host: Arc::new(NoHost),
        });
        Self { core: core.expect("a new folder can be opened"), chat, embedder, folder }
    }

    /// Closes the desk and opens its folder again, as after a restart.
    pub fn reopened(self) -> Self {
        let Self { core, chat, embedder, folder } = self;
        drop((core, chat, embedder));
        Self::open(folder, ScriptedEngine::repeating_the_passage(), false)
    }

    /// Where the desk lies.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("desk")
    }

    /// Writes a file outside the desk's folder and imports it.
    pub fn import_text(&self, name: &str, content: &str) -> ImportReport {
        self.import_bytes(name, content.as_bytes())
    }

    /// The same for any bytes.
    pub fn import_bytes(&self, name: &str, content: &[u8]) -> ImportReport {
        let path = self.write(name, content);
        let mut reports = self.import_path(&path);
        reports.pop().expect("one file gives one report")
    }

    /// Imports a path and waits until it can be searched by meaning.
    pub fn import_path(&self, path: &Path) -> Vec<ImportReport> {
        let paths = [path.to_path_buf()];
        let reports = self.core.import(&self.staff(), &paths, false, &mut |_| {});
        self.core.settle();
        reports.expect("an import reports bad files one by one")
    }

    /// Writes a file outside the desk's folder.
    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("the temporary folder can be written");
        path
    }

    /// A member of staff.
    pub fn staff(&self) -> Session {
        Session::staff("test")
    }

    /// Asks as a visitor.
    pub fn ask(&self, question: &str) -> Turn {
        self.try_ask(question).expect("this question has an answer")
    }

    /// Asks as a visitor; errors come back.
    pub fn try_ask(&self, question: &str) -> Result<Turn, ApiError> {
        self.ask_in("", question, &mut |_| {})
    }

    /// Asks in a conversation and hears the events.
    pub fn ask_in(
        &self,
        conversation: &str,
        question: &str,
        tell: &mut dyn FnMut(TurnEvent),
    ) -> Result<Turn, ApiError> {
        let ask = Ask {
            ask_id: "t".into(),
            question: question.into(),
            conversation: Some(conversation.into()),
            language: None,
        };
        match self.core.visit(&Session::visitor("test"), VisitorCommand::Ask(ask), tell)? {
            VisitorReply::Turn(turn) => Ok(*turn),
            other => panic!("a question is answered by a turn, not by {other:?}"),
        }
    }

    /// Sends a staff command.
    pub fn manage(&self, command: StaffCommand) -> Result<StaffReply, ApiError> {
        self.core.manage(&self.staff(), command)
    }

    /// Lets the model phrase answers, or stops it.
    pub fn set_generation(&self, generation: Generation) {
        let change = SettingsChange { generation: Some(generation), ..SettingsChange::default() };
        self.manage(StaffCommand::ChangeSettings(change)).expect("staff may change settings");
    }
}
