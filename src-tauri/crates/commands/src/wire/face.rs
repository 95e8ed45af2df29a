//! What the visitors' screen needs to know before anybody asks.

use serde::Serialize;
use ts_rs::TS;

/// How the visitors' screen behaves.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct KioskFace {
    /// Seconds without a touch until it asks whether somebody is still there.
    pub idle_s: u32,
    /// Seconds from then until everything of the visitor is forgotten.
    pub warning_s: u32,
    /// Short words for the buttons below the input, each with the question it asks.
    pub topics: Vec<TopicFace>,
    /// BCP 47 languages that visitors may choose from, the first one first.
    pub languages: Vec<String>,
    /// Everything to touch lies in the lower part of the screen.
    pub low_reach: bool,
    /// Answers can be read aloud where the computer has a voice.
    pub speech: bool,
    /// An answer can be taken along as a picture that a phone reads.
    pub take_along: bool,
    /// The keyboard is shown on the screen.
    pub keyboard: bool,
    /// A tour for presenters is offered.
    pub demo: bool,
    /// A PIN is set, so that staff can leave the screen with it.
    pub has_pin: bool,
}

/// A button that asks a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct TopicFace {
    /// On the button.
    pub label: String,
    /// What it asks.
    pub question: String,
}

/// The shop's own look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LookFace {
    /// The brand colour as `#rrggbb`; empty for the desk's own.
    pub colour: String,
    /// Other with every other logo, and empty without one. The picture itself is a reply of its
    /// own, so that it is sent once and not with every greeting.
    pub logo_mark: String,
    /// The welcome in other languages than the desk's own.
    pub welcomes: Vec<WelcomeFace>,
}

/// The shop's logo.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LogoView {
    /// The mark that greetings carry for it.
    pub mark: String,
    /// A `data:` address of a PNG picture; empty without a logo.
    pub logo: String,
}

/// One line of welcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct WelcomeFace {
    /// BCP 47 language.
    pub language: String,
    /// The line.
    pub text: String,
}

/// What became of a PIN that was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct UnlockView {
    /// It was right.
    pub unlocked: bool,
    /// Tries before the next wait; 0 while waiting.
    pub tries_left: u32,
    /// Seconds until the next one is looked at; 0 for at once.
    pub wait_s: u32,
}
