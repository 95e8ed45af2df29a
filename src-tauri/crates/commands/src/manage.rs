//! What staff may do.

use std::path::PathBuf;

use assistant::exam;
use knowledge::ImportKind;

use crate::core::Core;
use crate::session::Session;
use crate::wire::{
    ApiError, Code, ExamView, HealthView, ImportReport, SettingsChange, StaffCommand, StaffReply,
};
use crate::{convert, errors};

/// Rows one reply may hold.
const MOST_ROWS: u32 = 500;
/// Hits one search may return.
const MOST_HITS: u32 = 50;
/// Gaps shown at once.
const MOST_GAPS: usize = 200;

impl Core {
    /// Does what a member of staff asks; refuses everybody else.
    pub fn manage(&self, session: &Session, command: StaffCommand) -> Result<StaffReply, ApiError> {
        session.must_be_staff()?;
        self.must_not_follow(&command)?;
        match command {
            StaffCommand::Doctor => {
                let doctor = self.doctor()?;
                self.children.try_again();
                Ok(StaffReply::Doctor(Box::new(doctor)))
            }
            StaffCommand::Health => Ok(StaffReply::Health(self.health())),
            StaffCommand::Sources => {
                let sources = self.knowledge.sources()?.into_iter().map(convert::source).collect();
                Ok(StaffReply::Sources { sources })
            }
            StaffCommand::Faqs { contains, offset, limit } => {
                let limit = limit.min(MOST_ROWS) as usize;
                let (faqs, total) = self.knowledge.faqs(&contains, offset as usize, limit)?;
                let faqs = self.faq_views(faqs)?;
                Ok(StaffReply::Faqs { faqs, total: total as u32 })
            }
            StaffCommand::AddFaq { question, answer, alternatives } => {
                let id = self.knowledge.add_faq(&question, &answer, &alternatives)?;
                self.indexer.wake();
                Ok(StaffReply::Added { id })
            }
            StaffCommand::SetFaqStatus { id, status } => {
                self.set_faq_status(session, id, status)?;
                Ok(StaffReply::Done)
            }
            StaffCommand::Learning(command) => {
                Ok(StaffReply::Learning(Box::new(self.learning(session, command)?)))
            }
            StaffCommand::Computer(command) => {
                Ok(StaffReply::Computer(Box::new(self.computer(command)?)))
            }
            StaffCommand::Access(command) => {
                Ok(StaffReply::Access(Box::new(self.access(command)?)))
            }
            StaffCommand::Kiosk(command) => Ok(StaffReply::Kiosk(Box::new(self.kiosk(command)?))),
            StaffCommand::Look(command) => Ok(StaffReply::Look(Box::new(self.look(command)?))),
            StaffCommand::Setup(command) => Ok(StaffReply::Setup(Box::new(self.setup(command)?))),
            StaffCommand::Conversations(command) => {
                Ok(StaffReply::Conversations(Box::new(self.conversations(command)?)))
            }
            StaffCommand::Insights(command) => {
                Ok(StaffReply::Insights(Box::new(self.insights(command)?)))
            }
            StaffCommand::Opening(command) => {
                Ok(StaffReply::Opening(Box::new(self.opening(command)?)))
            }
            StaffCommand::Privacy(command) => {
                Ok(StaffReply::Privacy(Box::new(self.privacy(command)?)))
            }
            StaffCommand::Network(command) => {
                Ok(StaffReply::Network(Box::new(self.network(command)?)))
            }
            StaffCommand::Engines(command) => {
                Ok(StaffReply::Engines(Box::new(self.servers(command)?)))
            }
            StaffCommand::Backup(command) => {
                Ok(StaffReply::Backup(Box::new(self.backup(command)?)))
            }
            StaffCommand::ChooseAndImport => match self.host.choose_files() {
                Some(paths) => self.import_paths(&paths, ImportKind::Auto, &mut |_| {}),
                None => Err(ApiError {
                    code: Code::Unavailable,
                    message: "there is no window to choose files in".into(),
                    hint: Some("Name the files by their path instead.".into()),
                }),
            },
            StaffCommand::Import { paths } => {
                let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
                self.import_paths(&paths, ImportKind::Auto, &mut |_| {})
            }
            StaffCommand::StartImport { .. }
            | StaffCommand::ImportJobs
            | StaffCommand::ImportJob { .. }
            | StaffCommand::PauseImport { .. }
            | StaffCommand::ResumeImport { .. }
            | StaffCommand::CancelImport { .. }
            | StaffCommand::WatchFolder { .. }
            | StaffCommand::UnwatchFolder { .. }
            | StaffCommand::WatchedFolders => self.manage_imports(command),
            StaffCommand::RemoveSource { id } => match self.knowledge.remove_source(id)? {
                true => {
                    self.indexer.wake();
                    Ok(StaffReply::Done)
                }
                false => Err(errors::not_found("document", id)),
            },
            StaffCommand::Gaps => {
                let gaps = self.open_gaps()?.into_iter().take(MOST_GAPS).collect();
                Ok(StaffReply::Gaps { gaps })
            }
            StaffCommand::Search { question, top } => {
                let found = self.knowledge.retrieve(&question, top.min(MOST_HITS) as usize)?;
                let hits = found.hits.into_iter().map(convert::hit).collect();
                Ok(StaffReply::Hits { hits })
            }
            StaffCommand::Calibration => Ok(StaffReply::Calibration(self.calibration()?)),
            StaffCommand::ProposeOrders { from } => self.propose_orders(&from),
            StaffCommand::ActivateOrders(request) => self.activate_orders(request),
            StaffCommand::OrderSources => Ok(self.order_sources()),
            StaffCommand::RemoveOrderSource { id } => match self.orders.remove(id)? {
                true => Ok(StaffReply::Done),
                false => Err(errors::not_found("source of orders", id)),
            },
            StaffCommand::UnlockOrder { number } => self.unlock_order(&number),
            StaffCommand::SitExam => Ok(StaffReply::Exam(self.sit_exam(&mut |_, _| {})?)),
            StaffCommand::Settings => Ok(StaffReply::Settings(convert::settings(&self.settings()))),
            StaffCommand::ChangeSettings(change) => self.change(change),
            StaffCommand::Facts => Ok(StaffReply::Facts(self.facts()?)),
            StaffCommand::SaveFacts(facts) => self.save_facts(&facts).map(done),
            StaffCommand::Tickets { open_only } => {
                Ok(StaffReply::Tickets { tickets: self.tickets(open_only)? })
            }
            StaffCommand::Ticket { id } => Ok(StaffReply::Ticket(Box::new(self.ticket(id)?))),
            StaffCommand::TakeTicket { id } => self.take_ticket(id).map(done),
            StaffCommand::ReplyTicket { id, text } => {
                Ok(StaffReply::Added { id: self.reply_ticket(id, &text)? })
            }
            StaffCommand::CloseTicket { id } => self.close_ticket(id).map(done),
            StaffCommand::WhyTurn { turn_id } => Ok(StaffReply::Why { why: self.why(turn_id)? }),
            StaffCommand::ForgetAnswer { turn_id } => {
                if self.store.turn(turn_id)?.is_none() {
                    return Err(errors::not_found("answer", turn_id));
                }
                self.store.forget_cached_answer(turn_id)?;
                Ok(StaffReply::Done)
            }
        }
    }

    /// Imports files and folders and tells each file as soon as it is done.
    pub fn import(
        &self,
        session: &Session,
        paths: &[PathBuf],
        only_faq: bool,
        on_file: &mut dyn FnMut(ImportReport),
    ) -> Result<Vec<ImportReport>, ApiError> {
        session.must_be_staff()?;
        let kind = if only_faq { ImportKind::Faq } else { ImportKind::Auto };
        match self.import_paths(paths, kind, on_file)? {
            StaffReply::Imported { reports } => Ok(reports),
            _ => Ok(Vec::new()),
        }
    }

    fn import_paths(
        &self,
        paths: &[PathBuf],
        kind: ImportKind,
        on_file: &mut dyn FnMut(ImportReport),
    ) -> Result<StaffReply, ApiError> {
        self.backups.before_import();
        let reports =
            self.knowledge.import(paths, kind, &mut |report| on_file(convert::report(report)))?;
        self.indexer.wake();
        Ok(StaffReply::Imported { reports: reports.iter().map(convert::report).collect() })
    }

    /// State of both engines.
    pub fn health(&self) -> HealthView {
        HealthView {
            chat: convert::health(self.voice().map(|engine| engine.health())),
            embedding: convert::health(self.finder().map(|finder| finder.embedder.health())),
        }
    }

    /// Lets the chat model sit its exam and saves the mark; `on_progress` hears done and total.
    pub fn sit_exam(
        &self,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ExamView, ApiError> {
        let Some(chat) = self.chat.taken() else {
            return Err(ApiError {
                code: Code::Unavailable,
                message: "there is no chat model on this computer".into(),
                hint: Some("Bring a model first; until then the desk quotes.".into()),
            });
        };
        self.children.try_again();
        // Whoever asks for the exam anew also wants a card to have another chance.
        self.store.forget_failed_device_tests()?;
        let result = exam::sit(&*chat.engine, &self.knowledge, &|| false, on_progress)?;
        let view = self.save_exam(&chat.exam_key, chat.id(), &result)?;
        self.warm_up_if_it_may_speak();
        Ok(view)
    }

    /// Saves the mark of an exam under its key.
    pub(crate) fn save_exam(
        &self,
        key: &str,
        model: &str,
        result: &exam::ExamResult,
    ) -> Result<ExamView, ApiError> {
        let pair = |(right, asked): (usize, usize)| [right as u32, asked as u32];
        let view = ExamView {
            model: model.into(),
            mark: result.mark(),
            passed: result.passed(),
            invented: result.invented as u32,
            answerable: pair(result.answerable),
            unanswerable: pair(result.unanswerable),
            traps: pair(result.traps),
            own: pair(result.own),
            seconds: result.took.as_secs_f64(),
            reasons: result.reasons(),
        };
        let report = serde_json::to_string(&view).map_err(|error| errors::internal(&error))?;
        self.store.save_exam(key, view.mark, &report)?;
        Ok(view)
    }

    fn change(&self, change: SettingsChange) -> Result<StaffReply, ApiError> {
        if let Some(language) = &change.language {
            settings::Settings::default().set("language", language)?;
        }
        let changed = self.change_settings(|settings| {
            if let Some(generation) = change.generation {
                settings.generation = convert::generation(generation);
            }
            if let Some(caution) = change.caution {
                settings.caution = convert::caution(caution);
            }
            if let Some(refusal) = change.refusal {
                settings.profile.refusal = refusal.trim().into();
            }
            if let Some(hand_over) = change.hand_over {
                settings.profile.hand_over = hand_over.trim().into();
            }
            if let Some(language) = change.language {
                settings.language = language;
            }
            if let Some(second_person) = change.second_person {
                settings.second_person = second_person;
            }
            if let Some(expert) = change.expert {
                settings.expert = expert;
            }
        })?;
        self.finders.set_language(&changed.language);
        self.indexer.wake();
        self.warm_up_if_it_may_speak();
        Ok(StaffReply::Settings(convert::settings(&changed)))
    }
}

fn done(_: ()) -> StaffReply {
    StaffReply::Done
}
