//! What callers send: one enum per surface.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AccessCommand, ActivateOrders, BackupCommand, ComputerCommand, ConversationsCommand,
    EnginesCommand, FactsView, InsightsCommand, KioskCommand, LearningCommand, LookCommand,
    NetworkCommand, OpeningCommand, PrivacyCommand, Secret, SetupCommand, VerifyOrder,
};

/// What a visitor may ask for. Everything else is refused before it is looked at.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum VisitorCommand {
    /// The name of the desk, its welcome and its suggested questions.
    Greet,
    /// The shop's logo; a page asks for it when its mark in the greeting is a new one.
    Logo,
    /// Answers one question; events stream while it is worked on.
    Ask(Ask),
    /// Stops an answer that is being worked on.
    Cancel {
        /// The id the caller gave with [`Ask`].
        ask_id: String,
    },
    /// Says whether an answer helped.
    Rate {
        /// The turn's number from [`Turn::turn_id`].
        turn_id: i64,
        /// Thumbs up or down.
        helpful: bool,
        /// Why, in the visitor's words.
        #[serde(default)]
        note: String,
    },
    /// Asks for a person; works with every engine stopped.
    HandOver {
        /// The conversation it is about; a new one where there is none.
        #[serde(default)]
        conversation: Option<String>,
        /// How the visitor can be reached, if the visitor wants to be.
        #[serde(default)]
        contact: String,
        /// What the visitor adds.
        #[serde(default)]
        note: String,
        /// BCP 47 language of the visitor's screen.
        #[serde(default)]
        language: Option<String>,
    },
    /// Who talks in a conversation, and what staff wrote since.
    Conversation {
        /// The conversation.
        conversation: String,
        /// The number of the last message seen; 0 for all.
        #[serde(default)]
        after: i64,
    },
    /// The whole passage behind a citation of a turn this conversation has seen.
    OpenSource {
        /// The turn's number from [`Turn::turn_id`].
        turn_id: i64,
        /// The citation's number, from 1.
        n: u32,
    },
    /// Tries to open an order with its number and something only its owner knows.
    VerifyOrder(VerifyOrder),
    /// Leaves the visitors' screen with the staff PIN, or with the recovery code.
    Unlock {
        /// What was typed; an empty one only asks how long to wait.
        #[ts(as = "String")]
        pin: Secret,
    },
    /// Forgets the conversation: the visitor has gone.
    StartOver {
        /// The conversation to forget.
        conversation: String,
    },
}

/// One question.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct Ask {
    /// Chosen by the caller; needed to cancel.
    #[serde(default)]
    pub ask_id: String,
    /// The visitor's words, at most 1,000 characters are read.
    pub question: String,
    /// Turns with the same conversation id may refer to each other.
    #[serde(default)]
    pub conversation: Option<String>,
    /// BCP 47 language of the visitor's screen.
    #[serde(default)]
    pub language: Option<String>,
}

/// What staff may ask for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum StaffCommand {
    /// Engine, models, data and machine, with what is wrong and what to do.
    Doctor,
    /// The engine's state alone, cheap enough to ask every few seconds.
    Health,
    /// Every source with its counts and warnings.
    Sources,
    /// Approved answers, newest first.
    Faqs {
        /// Text the question or answer must contain; empty for all.
        #[serde(default)]
        contains: String,
        /// Rows to skip.
        #[serde(default)]
        offset: u32,
        /// Rows to return, at most 500.
        #[serde(default = "default_limit")]
        limit: u32,
    },
    /// Adds one question and its answer as a draft.
    AddFaq {
        /// As a visitor would ask it.
        question: String,
        /// Shown word for word once approved.
        answer: String,
        /// Other ways to ask it.
        #[serde(default)]
        alternatives: Vec<String>,
    },
    /// Lets visitors see an answer, or takes it back.
    SetFaqStatus {
        /// The FAQ's number.
        id: i64,
        /// `draft`, `approved` or `retired`.
        status: FaqStatus,
    },
    /// Lets the person pick files, then imports them. Only where there is a window.
    ChooseAndImport,
    /// Imports files and folders by path.
    Import {
        /// Files and folders on this computer.
        paths: Vec<String>,
    },
    /// Imports files and folders in the background; goes on after a restart.
    StartImport {
        /// Files and folders on this computer.
        paths: Vec<String>,
        /// The files are tables of questions and answers.
        #[serde(default)]
        faq: bool,
    },
    /// Imports under way and done, newest first.
    ImportJobs,
    /// One import with what became of its files.
    ImportJob {
        /// The import's number.
        id: i64,
        /// Files to skip.
        #[serde(default)]
        offset: u32,
        /// Files to return, at most 500.
        #[serde(default = "default_limit")]
        limit: u32,
    },
    /// Stops an import for a while.
    PauseImport {
        /// The import's number.
        id: i64,
    },
    /// Goes on with an import that was paused.
    ResumeImport {
        /// The import's number.
        id: i64,
    },
    /// Stops an import for good; what was read stays.
    CancelImport {
        /// The import's number.
        id: i64,
    },
    /// Looks at a folder again and again, and follows what changes in it.
    WatchFolder {
        /// A folder on this computer or on a share.
        path: String,
    },
    /// Looks at a folder no longer.
    UnwatchFolder {
        /// The folder's number.
        id: i64,
        /// Also remove what came from it.
        #[serde(default)]
        remove_documents: bool,
    },
    /// Every watched folder.
    WatchedFolders,
    /// Removes a document and everything made from it.
    RemoveSource {
        /// The source's number.
        id: i64,
    },
    /// Questions the desk could not answer, most asked first.
    Gaps,
    /// What the desk learns: gaps, histories, versions, tests, the knowledge doctor.
    Learning(LearningCommand),
    /// This computer: its models, its speed, and a plan for more visitors.
    Computer(ComputerCommand),
    /// Who may leave the visitors' screen: the staff PIN and its recovery code.
    Access(AccessCommand),
    /// The visitors' screen as staff set it up, and what keeps it locked.
    Kiosk(KioskCommand),
    /// What the desk looks like: name, logo, colours, languages.
    Look(LookCommand),
    /// The first run: kits, and how far somebody has come.
    Setup(SetupCommand),
    /// What visitors and the desk said, with everything personal masked.
    Conversations(ConversationsCommand),
    /// What the desk did lately, in numbers.
    Insights(InsightsCommand),
    /// The check before the doors open.
    Opening(OpeningCommand),
    /// What is kept of people, for how long, and how it goes.
    Privacy(PrivacyCommand),
    /// The local network: the visitors' page on other devices.
    Network(NetworkCommand),
    /// Servers that may phrase answers instead of this computer.
    Engines(EnginesCommand),
    /// Backups of the desk.
    Backup(BackupCommand),
    /// Evidence for a question with its scores, no answer.
    Search {
        /// The question.
        question: String,
        /// How many hits, at most 50.
        #[serde(default = "default_top")]
        top: u32,
    },
    /// From where on the desk answers, how that was measured, and what needs other wordings.
    Calibration,
    /// Drafts which column of a table of orders holds what.
    ProposeOrders {
        /// A CSV file, `shop.db#table`, or a database's URL with `#table`; empty lets the person
        /// pick a file, where there is a window.
        from: String,
    },
    /// Checks a table of orders with real rows, and lets visitors look their orders up.
    ActivateOrders(ActivateOrders),
    /// Where orders come from.
    OrderSources,
    /// Forgets a source and its orders.
    RemoveOrderSource {
        /// The source's number.
        id: i64,
    },
    /// Forgets the wrong tries of an order.
    UnlockOrder {
        /// The order's number.
        number: String,
    },
    /// Lets the chat model sit its exam on this computer; takes a minute or more.
    SitExam,
    /// The settings as they are.
    Settings,
    /// Changes settings; what is not named stays.
    ChangeSettings(SettingsChange),
    /// The facts that are answered by the clock: hours, special days, prices, contact.
    Facts,
    /// Saves the facts in place of those before.
    SaveFacts(FactsView),
    /// Wishes for a person, newest first.
    Tickets {
        /// Leave out those that are done.
        #[serde(default)]
        open_only: bool,
    },
    /// One of them with everything said.
    Ticket {
        /// Its number.
        id: i64,
    },
    /// A person comes: the desk is silent in this conversation from now on.
    TakeTicket {
        /// Its number.
        id: i64,
    },
    /// Writes to the visitor, which takes the ticket.
    ReplyTicket {
        /// Its number.
        id: i64,
        /// The words.
        text: String,
    },
    /// Done: the next question is the desk's again.
    CloseTicket {
        /// Its number.
        id: i64,
    },
    /// Why a turn was answered as it was.
    WhyTurn {
        /// The turn's number.
        turn_id: i64,
    },
    /// Removes a kept answer: the next such question is answered anew.
    ForgetAnswer {
        /// A turn that showed the answer.
        turn_id: i64,
    },
}

fn default_limit() -> u32 {
    100
}

fn default_top() -> u32 {
    5
}

/// The state of an approved answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum FaqStatus {
    /// Not shown to visitors.
    Draft,
    /// Shown word for word.
    Approved,
    /// Taken back; kept for the record.
    Retired,
}

/// Settings staff may change; `None` leaves a value as it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct SettingsChange {
    /// When a language model may phrase answers.
    #[serde(default)]
    pub generation: Option<Generation>,
    /// How sure the desk must be before it answers.
    #[serde(default)]
    pub caution: Option<Caution>,
    /// BCP 47 language of the staff window.
    #[serde(default)]
    pub language: Option<String>,
    /// What the desk says when it has no answer: what it can help with.
    #[serde(default)]
    pub refusal: Option<String>,
    /// How to reach a person.
    #[serde(default)]
    pub hand_over: Option<String>,
    /// Whether somebody else must approve what one person wrote.
    pub second_person: Option<bool>,
    /// Whether the staff window shows what only experts need.
    pub expert: Option<bool>,
}

/// When a language model may phrase answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Generation {
    /// Only a model that passed its exam on this computer.
    #[default]
    WhenProven,
    /// Always, switched on by hand.
    Always,
    /// Never: the desk quotes.
    Never,
}

/// How sure the desk must be before it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum Caution {
    /// Refuses more, never guesses.
    Careful,
    /// The measured default.
    #[default]
    Balanced,
    /// Answers more, is wrong more often.
    Talkative,
}
