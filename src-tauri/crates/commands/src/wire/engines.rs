//! Servers that may phrase answers instead of this computer: which ones, in which order, at what
//! price, and with which limits. A key goes in and never comes out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ExamView, Secret};

/// What staff may ask of them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum EnginesCommand {
    /// Every server, in the order in which they are asked.
    State,
    /// Adds a server, or changes one; what is not named stays.
    Save(EngineChange),
    /// Forgets a server and its key.
    Remove {
        /// Its id.
        id: String,
    },
    /// Keeps the key of a server, in place of the one before.
    SetKey {
        /// Its id.
        id: String,
        /// The key; an empty one forgets it.
        #[ts(as = "String")]
        key: Secret,
    },
    /// Asks a server a fixed question, whether it is switched on or not.
    Test {
        /// Its id.
        id: String,
    },
    /// Lets the model of a server sit its exam; takes a minute or more, and costs what it costs.
    SitExam {
        /// Its id.
        id: String,
    },
    /// When this computer's own model is asked.
    SetLocal {
        /// Before the servers, or after them.
        place: LocalPlace,
    },
}

/// Where a server stands: how far the words of a question travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum EnginePlace {
    /// Another program on this computer.
    Computer,
    /// The shop's own network.
    Network,
    /// The shop's own server somewhere else; personal data are replaced before anything is sent.
    Private,
    /// Somebody else's; personal data are replaced, and it is off until it is switched on.
    Cloud,
}

/// When this computer's own model is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum LocalPlace {
    /// Before the servers.
    #[default]
    First,
    /// After them.
    Last,
}

/// Adds a server, or changes one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct EngineChange {
    /// Which one; empty adds one.
    #[serde(default)]
    pub id: String,
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// Its address, such as `http://192.168.1.20:8080/v1`. Needed for a new one.
    #[serde(default)]
    pub address: Option<String>,
    /// Where it stands; of a new one, what its address looks like.
    #[serde(default)]
    pub place: Option<EnginePlace>,
    /// The model, as the server calls it; empty takes the first one it offers.
    #[serde(default)]
    pub model: Option<String>,
    /// Whether it is asked. A new one is, unless it stands in a cloud.
    #[serde(default)]
    pub on: Option<bool>,
    /// Questions a minute at most; 0 for any number.
    #[serde(default)]
    pub requests_per_minute: Option<u32>,
    /// Questions at once at most.
    #[serde(default)]
    pub at_once: Option<u32>,
    /// What a million tokens that it reads cost.
    #[serde(default)]
    pub price_read: Option<f64>,
    /// What a million tokens that it writes cost.
    #[serde(default)]
    pub price_written: Option<f64>,
    /// What it may cost in a month; 0 for any sum.
    #[serde(default)]
    pub month_limit: Option<f64>,
}

/// What a command comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum EnginesReply {
    /// How it is now, also after every change.
    State(EnginesView),
    /// Reply to a test.
    Tested(EngineTestView),
    /// Reply to an exam.
    Exam(ExamView),
}

/// The servers.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct EnginesView {
    /// In the order in which they are asked.
    pub engines: Vec<EngineView>,
    /// When this computer's own model is asked.
    pub local: LocalPlace,
    /// Whether this computer's own model may phrase answers at all.
    pub local_may_speak: bool,
    /// Whether this computer has a keychain that can be used now. Without one, keys go into files
    /// that only this user may read.
    pub has_keychain: bool,
    /// The id of the server that the next question would be asked of; null where this computer's
    /// own model or nobody is.
    pub next: Option<String>,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct EngineView {
    /// Chosen when it was added; never changes.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The host in it: who would be asked.
    pub host: String,
    /// Where it stands.
    pub place: EnginePlace,
    /// The model, as the server calls it; empty takes the first one it offers.
    pub model: String,
    /// Whether it is asked.
    pub on: bool,
    /// Whether e-mail addresses, numbers and the like are replaced before anything is sent.
    pub redacts: bool,
    /// Where its key is.
    pub key: KeyPlace,
    /// Questions a minute at most; 0 for any number.
    pub requests_per_minute: u32,
    /// Questions at once at most.
    pub at_once: u32,
    /// What a million tokens that it reads cost.
    pub price_read: f64,
    /// What a million tokens that it writes cost.
    pub price_written: f64,
    /// What it may cost in a month; 0 for any sum.
    pub month_limit: f64,
    /// What it has cost this month.
    pub spent: f64,
    /// Questions it was asked this month.
    pub asked: u32,
    /// Whether it would be asked.
    pub standing: EngineStanding,
    /// Why not, or what went wrong last, in a sentence; empty where all is well.
    pub note: String,
    /// Its exam: the share of right answers, 0 to 1; null before it sat one.
    pub mark: Option<f32>,
    /// Whether it passed.
    pub passed: bool,
}

/// Whether a server would be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum EngineStanding {
    /// It would.
    Ready,
    /// It is switched off.
    Off,
    /// Its model has not passed the exam, and only such models may phrase answers here.
    Unproven,
    /// It failed or asked for a pause, and is left alone for a moment.
    Resting,
    /// What it may cost in a month is spent.
    Spent,
    /// Something in its row makes no sense any more; the note says what.
    Unusable,
}

/// Where a key is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum KeyPlace {
    /// There is none.
    #[default]
    None,
    /// In the keychain of this computer.
    Keychain,
    /// In a file of the data folder that only this user may read. It is not encrypted.
    File,
    /// Given at the start of the program, and kept nowhere.
    Given,
}

/// What a server did with a fixed question.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct EngineTestView {
    /// The models it offers, at most a hundred.
    pub models: Vec<String>,
    /// The one that answered.
    pub model: String,
    /// What it is, as far as it can be told: `llama-server`, `vLLM`, `Ollama`; empty otherwise.
    pub server: String,
    /// What it wrote.
    pub said: String,
    /// Milliseconds to the first word.
    pub first_word_ms: f64,
    /// Tokens written a second after it; null when it wrote too few to tell.
    pub tokens_per_second: Option<f64>,
    /// Tokens it says it read.
    pub tokens_read: u32,
    /// Tokens it says it wrote.
    pub tokens_written: u32,
}
