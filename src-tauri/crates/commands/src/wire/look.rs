//! What the desk looks like: name, welcome, colour, logo.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::WelcomeFace;

/// What staff may do about the look.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export, export_to = "wire.ts")]
pub enum LookCommand {
    /// How it is now.
    State,
    /// Changes what is named, all of it or nothing.
    Change(LookChange),
    /// Lets the person pick a picture in a window.
    ChooseLogo,
    /// Takes the picture at this path as the logo.
    SetLogo {
        /// A PNG or JPEG file on this computer.
        path: String,
    },
    /// Shows no logo any more.
    RemoveLogo,
    /// Takes the last change of the logo back.
    UndoLogo,
}

/// What a command about the look comes back with.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "of", rename_all = "snake_case")]
#[ts(export, export_to = "wire.ts")]
pub enum LookReply {
    /// How it is now.
    Look(LookView),
}

/// Everything that makes the desk look and sound like its shop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[ts(export, export_to = "wire.ts")]
pub struct LookView {
    /// The shop's name.
    pub name: String,
    /// One friendly line in the desk's own language.
    pub welcome: String,
    /// The same in other languages.
    pub welcomes: Vec<WelcomeFace>,
    /// The brand colour as `#rrggbb`; empty for the desk's own.
    pub colour: String,
    /// The logo as a `data:` address of a PNG picture; empty without one.
    pub logo: String,
    /// The last change of the logo can be taken back.
    pub can_undo_logo: bool,
    /// Questions to start with.
    pub suggestions: Vec<String>,
    /// What the desk says when it cannot help.
    pub refusal: String,
    /// How to reach a person.
    pub hand_over: String,
    /// Languages that visitors may choose from.
    pub languages: Vec<String>,
}

/// Changes of the look; what is left out stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
#[ts(export, export_to = "wire.ts", optional_fields)]
pub struct LookChange {
    /// The shop's name.
    pub name: Option<String>,
    /// One friendly line in the desk's own language.
    pub welcome: Option<String>,
    /// The same in other languages, all of them; lines without words are left out.
    pub welcomes: Option<Vec<WelcomeFace>>,
    /// The brand colour as `#rrggbb`; empty for the desk's own.
    pub colour: Option<String>,
    /// Questions to start with; those without words are left out.
    pub suggestions: Option<Vec<String>>,
    /// What the desk says when it cannot help.
    pub refusal: Option<String>,
    /// How to reach a person.
    pub hand_over: Option<String>,
}
