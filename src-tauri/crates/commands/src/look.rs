//! What the desk looks like: name, welcome, colour, logo.

mod logo;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::core::Core;
use crate::tickets::cleaned;
use crate::wire::{
    ApiError, Code, LogoView, LookChange, LookCommand, LookFace, LookReply, LookView, WelcomeFace,
};

/// Characters that fit on a screen.
const LONGEST_NAME: usize = 300;
const LONGEST_LINE: usize = 500;
const LONGEST_SENTENCES: usize = 1_000;
const LONGEST_QUESTION: usize = 200;
/// Questions to start with; the pages show four.
const MOST_SUGGESTIONS: usize = 8;

impl Core {
    /// Does what staff ask about the look.
    pub(crate) fn look(&self, command: LookCommand) -> Result<LookReply, ApiError> {
        match command {
            LookCommand::State => {}
            LookCommand::Change(change) => self.change_look(change)?,
            LookCommand::ChooseLogo => {
                let chosen = self.host.choose_picture().ok_or_else(no_window)?;
                if let Some(path) = chosen.first() {
                    self.store.set_logo(Some(logo::read(path)?))?;
                }
            }
            LookCommand::SetLogo { path } => {
                self.store.set_logo(Some(logo::read(Path::new(&path))?))?;
            }
            LookCommand::RemoveLogo => self.store.set_logo(None)?,
            LookCommand::UndoLogo => {
                if !self.store.swap_logo()? {
                    return Err(crate::errors::gone("logo from before"));
                }
            }
        }
        Ok(LookReply::Look(self.look_view()?))
    }

    /// What visitors see of it.
    pub(crate) fn look_face(&self) -> Result<LookFace, ApiError> {
        let look = self.settings().look;
        Ok(LookFace {
            colour: look.colour,
            logo_mark: self.store.logo()?.as_deref().map_or_else(String::new, mark),
            welcomes: faces(look.welcomes),
        })
    }

    /// The logo for a page that does not have it yet.
    pub(crate) fn logo(&self) -> Result<LogoView, ApiError> {
        let png = self.store.logo()?;
        Ok(png.map_or_else(LogoView::default, |png| LogoView {
            mark: mark(&png),
            logo: address(&png),
        }))
    }

    fn look_view(&self) -> Result<LookView, ApiError> {
        let settings = self.settings();
        let languages = self.kiosk_face(&settings)?.languages;
        let (profile, look) = (settings.profile, settings.look);
        Ok(LookView {
            name: profile.name,
            welcome: profile.welcome,
            welcomes: faces(look.welcomes),
            colour: look.colour,
            logo: self.logo()?.logo,
            can_undo_logo: self.store.has_logo_before()?,
            suggestions: profile.suggestions,
            refusal: profile.refusal,
            hand_over: profile.hand_over,
            languages,
        })
    }

    /// All of it is looked at before any of it is saved.
    fn change_look(&self, change: LookChange) -> Result<(), ApiError> {
        let line = |text: Option<String>, longest| text.map(|t| cleaned(&t, longest)).transpose();
        let name = line(change.name, LONGEST_NAME)?;
        let welcome = line(change.welcome, LONGEST_LINE)?;
        let refusal = line(change.refusal, LONGEST_SENTENCES)?;
        let hand_over = line(change.hand_over, LONGEST_SENTENCES)?;
        let suggestions = change.suggestions.map(questions).transpose()?;
        let mut look = self.settings().look;
        if let Some(welcomes) = change.welcomes {
            look.welcomes = lines(welcomes)?;
        }
        if let Some(colour) = change.colour {
            look.colour = colour;
        }
        // The settings crate knows what a colour and a language may be.
        let mut probe = settings::Settings::default();
        probe.set("look.colour", &look.colour)?;
        probe.set("look.welcomes", &look.saved_welcomes())?;
        self.change_settings(|settings| {
            settings.look = probe.look;
            let profile = &mut settings.profile;
            put(&mut profile.name, name);
            put(&mut profile.welcome, welcome);
            put(&mut profile.refusal, refusal);
            put(&mut profile.hand_over, hand_over);
            put(&mut profile.suggestions, suggestions);
        })?;
        Ok(())
    }
}

/// The same for the same picture only.
fn mark(png: &[u8]) -> String {
    STANDARD.encode(&Sha256::digest(png)[..12])
}

fn address(png: &[u8]) -> String {
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn questions(texts: Vec<String>) -> Result<Vec<String>, ApiError> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        let text = cleaned(&text, LONGEST_QUESTION)?;
        if !text.is_empty() && !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept.truncate(MOST_SUGGESTIONS);
    Ok(kept)
}

fn lines(welcomes: Vec<WelcomeFace>) -> Result<Vec<(String, String)>, ApiError> {
    let mut kept: Vec<(String, String)> = Vec::new();
    for WelcomeFace { language, text } in welcomes {
        let text = cleaned(&text, LONGEST_LINE)?;
        if !text.is_empty() && !kept.iter().any(|(known, _)| *known == language) {
            kept.push((language, text));
        }
    }
    Ok(kept)
}

fn faces(welcomes: Vec<(String, String)>) -> Vec<WelcomeFace> {
    let faces = welcomes.into_iter().map(|(language, text)| WelcomeFace { language, text });
    faces.collect()
}

fn no_window() -> ApiError {
    ApiError {
        code: Code::Unavailable,
        message: "there is no window to choose a picture in".into(),
        hint: Some("Name the picture by its path instead.".into()),
    }
}
