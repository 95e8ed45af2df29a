//! The visitors' screen as staff set it up, and what keeps it locked.

mod check;
mod lock;

use std::path::{Path, PathBuf};

use settings::{
    Kiosk, LONGEST_LABEL, LONGEST_QUESTION, MOST_TOPICS, Settings, SettingsError, Topic,
    VISITOR_LANGUAGES,
};

use crate::core::Core;
use crate::wire::{
    ApiError, Code, KioskChange, KioskCommand, KioskFace, KioskReply, KioskView, TopicFace,
};

/// Whether the desk in this folder begins with the visitors' screen: staff wished it, and a PIN is
/// set with which they can leave it again. A PIN may have been forgotten since the wish. Called
/// before the desk is opened; a desk that cannot be read does not.
pub fn starts_in_kiosk(data: &Path) -> bool {
    if !data.join("kb.db").is_file() {
        return false;
    }
    let Ok(store) = crate::backups::open_store(data) else { return false };
    let is_wished =
        store.settings_all().is_ok_and(|saved| Settings::merged(&saved).0.kiosk.start_in_kiosk);
    is_wished && store.access().is_ok_and(|access| !access.pin_hash.is_empty())
}

impl Core {
    /// Does what staff ask of it.
    pub(crate) fn kiosk(&self, command: KioskCommand) -> Result<KioskReply, ApiError> {
        match command {
            KioskCommand::State => Ok(KioskReply::Screen(self.kiosk_view(&self.settings())?)),
            KioskCommand::Change(change) => self.change_kiosk(change),
            KioskCommand::Start => self.start_kiosk(),
            KioskCommand::WriteLockFiles { folder } => self.write_lock_files(folder),
            KioskCommand::LockCheck => {
                let seen = check::Seen::here(self.has_pin()?, self.settings().kiosk.start_in_kiosk);
                Ok(KioskReply::Lock { checks: check::checks(&seen) })
            }
        }
    }

    /// What the visitors' screen is told.
    pub(crate) fn kiosk_face(&self, settings: &Settings) -> Result<KioskFace, ApiError> {
        let kiosk = &settings.kiosk;
        let topics = kiosk.topics_or(&settings.profile.suggestions);
        Ok(KioskFace {
            idle_s: kiosk.idle_s,
            warning_s: kiosk.warning_s,
            topics: topics.into_iter().map(face).collect(),
            languages: kiosk.languages_with(&settings.language),
            low_reach: kiosk.low_reach,
            speech: kiosk.speech,
            take_along: kiosk.take_along,
            keyboard: kiosk.keyboard,
            demo: kiosk.demo,
            has_pin: self.has_pin()?,
        })
    }

    fn kiosk_view(&self, settings: &Settings) -> Result<KioskView, ApiError> {
        let kiosk = settings.kiosk.clone();
        let usual = Kiosk::default().topics_or(&settings.profile.suggestions);
        Ok(KioskView {
            idle_s: kiosk.idle_s,
            warning_s: kiosk.warning_s,
            topics: kiosk.topics.into_iter().map(face).collect(),
            usual_topics: usual.into_iter().map(face).collect(),
            languages: kiosk.languages,
            known_languages: VISITOR_LANGUAGES.map(String::from).to_vec(),
            low_reach: kiosk.low_reach,
            speech: kiosk.speech,
            take_along: kiosk.take_along,
            keyboard: kiosk.keyboard,
            demo: kiosk.demo,
            start_in_kiosk: kiosk.start_in_kiosk,
            has_pin: self.has_pin()?,
            has_window: self.host.has_window(),
        })
    }

    fn change_kiosk(&self, change: KioskChange) -> Result<KioskReply, ApiError> {
        if change.start_in_kiosk == Some(true) && !self.has_pin()? {
            return Err(no_pin());
        }
        let kiosk = changed(self.settings().kiosk, change)?;
        let settings = self.change_settings(|settings| settings.kiosk = kiosk)?;
        Ok(KioskReply::Screen(self.kiosk_view(&settings)?))
    }

    fn start_kiosk(&self) -> Result<KioskReply, ApiError> {
        if !self.has_pin()? {
            return Err(no_pin());
        }
        self.host.start_kiosk()?;
        Ok(KioskReply::Done)
    }

    fn write_lock_files(&self, folder: Option<String>) -> Result<KioskReply, ApiError> {
        let folder = match folder {
            Some(folder) => PathBuf::from(folder.trim()),
            None => match self.host.choose_folder()? {
                Some(folder) => folder,
                None => return Ok(KioskReply::Done),
            },
        };
        let program = std::env::current_exe().map_err(|error| crate::errors::internal(&error))?;
        let program = program.with_file_name(format!("frontdesk{}", std::env::consts::EXE_SUFFIX));
        let facts = lock::Facts { program, data: self.store.folder().to_path_buf() };
        let files = lock::files(&facts, lock::System::here());
        let (folder, files) = lock::write(&folder, &files)?;
        Ok(KioskReply::Written { folder: folder.display().to_string(), files })
    }
}

/// The settings with a change, checked as saved values are.
fn changed(kiosk: Kiosk, change: KioskChange) -> Result<Kiosk, ApiError> {
    let topics = match change.topics {
        None => kiosk.topics.clone(),
        Some(topics) => topics
            .into_iter()
            .map(|topic| {
                let (label, question) = (topic.label.trim().into(), topic.question.trim().into());
                Topic { label, question }
            })
            .filter(|topic| !(topic.label.is_empty() && topic.question.is_empty()))
            .collect(),
    };
    let wished = Kiosk {
        idle_s: change.idle_s.unwrap_or(kiosk.idle_s),
        warning_s: change.warning_s.unwrap_or(kiosk.warning_s),
        topics,
        languages: change.languages.unwrap_or(kiosk.languages),
        low_reach: change.low_reach.unwrap_or(kiosk.low_reach),
        speech: change.speech.unwrap_or(kiosk.speech),
        take_along: change.take_along.unwrap_or(kiosk.take_along),
        keyboard: change.keyboard.unwrap_or(kiosk.keyboard),
        demo: change.demo.unwrap_or(kiosk.demo),
        start_in_kiosk: change.start_in_kiosk.unwrap_or(kiosk.start_in_kiosk),
    };
    wished.checked().map_err(told)
}

/// The same mistake in the words of somebody who fills in a form.
fn told(error: SettingsError) -> ApiError {
    let mut told = ApiError::from(error.clone());
    let SettingsError::BadValue { key, .. } = error else { return told };
    told.message = match &*key {
        "kiosk.idle_s" => "the time without a touch is 20 seconds to 10 minutes".into(),
        "kiosk.warning_s" => "the warning lasts 5 to 60 seconds".into(),
        "kiosk.languages" => "one of these languages is not spoken by the screen".into(),
        "kiosk.topics" => format!(
            "there is room for {MOST_TOPICS} topics, each with {LONGEST_LABEL} characters on the \
             button and {LONGEST_QUESTION} for its question"
        ),
        _ => told.message,
    };
    told.hint = Some("Change it and save again; nothing was changed.".into());
    told
}

fn face(topic: Topic) -> TopicFace {
    TopicFace { label: topic.label, question: topic.question }
}

fn no_pin() -> ApiError {
    ApiError {
        code: Code::Unavailable,
        message: "no PIN is set, so nobody could leave the visitors' screen again".into(),
        hint: Some("Set a PIN first; it takes a minute.".into()),
    }
}

#[cfg(test)]
mod tests;
