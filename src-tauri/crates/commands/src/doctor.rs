//! What is here, what is wrong, and what to do about it.

mod checks;
mod words;

use catalog::{Located, Purpose};
use hardware::{Device, DeviceKind, Machine, Power};

use crate::computer::Suited;
use crate::core::Core;
use crate::shelf::Model;
use crate::wire::{
    ApiError, BuildView, Code, DataView, DeviceView, Doctor, Health, HealthView, MachineView,
    ModelOrigin, ModelView, TierView,
};

impl Core {
    pub(crate) fn doctor(&self) -> Result<Doctor, ApiError> {
        // A file may have been replaced or cut short under a desk that runs.
        self.shelf.look();
        let engine = self.health();
        let now = self.machine_now();
        let checked = self.check_computer(&now)?;
        let models = self.models();
        Ok(Doctor {
            machine: machine(&now),
            tier: self.tier(&self.suited(&models, &now)),
            models: models.iter().map(|model| self.model(model)).collect(),
            data: self.data()?,
            build: self.build(),
            problems: [self.problems(&models, &engine), checked.problems].concat(),
            notes: checked.notes,
            engine,
        })
    }

    /// The computer as it is now: memory and disk fill, batteries run down, and the engine may
    /// have told of graphics cards since the start. A description stays what it is.
    pub(crate) fn machine_now(&self) -> Machine {
        if self.machine_is_given {
            return self.machine.clone();
        }
        let machine = self.probing.with_cards(hardware::detect_with_disk(self.store.folder()));
        let without_graphics = machine.without_graphics.or_else(|| self.graphics.why_not());
        Machine { without_graphics, ..machine }
    }

    fn check_computer(&self, machine: &Machine) -> Result<checks::Checked, ApiError> {
        Ok(checks::check(&checks::Seen {
            machine,
            machine_is_given: self.machine_is_given,
            disk: hardware::disk(self.store.folder()),
            now: crate::core::unix_seconds(),
            latest_turn_at: self.store.latest_turn_at()?,
            graphics_problem: self.probing.problem().or_else(|| self.graphics.failure()),
        }))
    }

    /// Whether the clock of this computer cannot be right.
    pub(crate) fn clock_is_wrong(&self) -> Result<bool, ApiError> {
        let latest = self.store.latest_turn_at()?;
        Ok(checks::clock(crate::core::unix_seconds(), latest).is_some())
    }

    fn build(&self) -> BuildView {
        BuildView {
            version: env!("CARGO_PKG_VERSION").into(),
            engine: self.probing.engine_build(),
            computes_on: self.children.chat_computes_on().unwrap_or_default(),
            clock: crate::core::unix_seconds(),
        }
    }

    /// The class of this computer, what suits it, and what answers now.
    pub(crate) fn tier(&self, suited: &Suited) -> TierView {
        let chat = self.chat.taken().filter(|_| self.maker.has_choice());
        let mut why = suited.why.clone();
        if let Some(chat) = &chat
            && !suited.chat.is_empty()
            && suited.chat != chat.id()
        {
            let name = |id: &str| self.shelf.find(id).map_or(id.into(), |model| model.entry.name);
            let (now, best) = (name(chat.id()), name(&suited.chat));
            why.push(format!("Until {best} is used, {now} is the model here."));
        }
        why.push(match (&chat, self.exam_mark()) {
            (None, _) => "Without a chat model the desk quotes its documents.".into(),
            (Some(_), None) => "The chat model has not sat its exam on this computer, so the desk \
                                quotes its documents."
                .into(),
            (Some(_), Some((mark, false))) => format!(
                "The chat model got {:.0} % of its exam, which is not enough: the desk quotes its \
                 documents instead.",
                mark * 100.0
            ),
            (Some(_), Some((mark, true))) => {
                format!("The chat model passed its exam with {:.0} %.", mark * 100.0)
            }
        });
        why.extend(self.children.notes());
        TierView {
            id: suited.tier.id().into(),
            name: suited.tier.name().into(),
            answers: if self.may_generate() { "phrase".into() } else { "quote".into() },
            model: suited.chat.clone(),
            why,
        }
    }

    fn model(&self, model: &Model) -> ModelView {
        let is_chat = model.entry.purpose == Purpose::Chat;
        let at_work = self.chat.taken().is_some_and(|chat| chat.id() == model.entry.id);
        ModelView {
            id: model.entry.id.clone(),
            purpose: if is_chat { "chat".into() } else { "embedding".into() },
            size_bytes: model.entry.size_bytes,
            sha256: model.entry.sha256.clone(),
            licence: model.entry.licence.clone(),
            state: match model.located {
                Located::Ready { .. } => "ready".into(),
                Located::Missing => "missing".into(),
                Located::Damaged { .. } => "damaged".into(),
            },
            exam: (is_chat && at_work).then(|| self.exam_mark()).flatten().map(|(mark, _)| mark),
        }
    }

    fn data(&self) -> Result<DataView, ApiError> {
        let counts = self.knowledge.counts()?;
        Ok(DataView {
            folder: self.store.folder().display().to_string(),
            sources: counts.sources as u32,
            passages: counts.passages as u32,
            embedded: counts.embedded as u32,
            faqs: counts.faqs as u32,
            turns: self.store.count_turns()? as u32,
            kb_version: self.knowledge.version(),
            sqlite: self.store.sqlite_version().into(),
        })
    }

    /// What is wrong with the models this desk should have.
    pub(crate) fn problems_with_models(&self, models: &[Model]) -> Vec<ApiError> {
        let mut problems = self.problems_with_the_choice(models);
        for model in models.iter().filter(|model| model.chosen) {
            let id = &model.entry.id;
            match &model.located {
                Located::Ready { .. } => {}
                Located::Missing => problems.push(ApiError {
                    code: Code::NotFound,
                    message: format!("the model {id} is not on this computer"),
                    hint: Some(bring(model)),
                }),
                Located::Damaged { reason } => problems.push(ApiError {
                    code: Code::ModelRefused,
                    message: format!("the model {id} is refused: {reason}"),
                    hint: Some(bring(model)),
                }),
            }
        }
        problems
    }

    fn problems(&self, models: &[Model], engine: &HealthView) -> Vec<ApiError> {
        let mut problems = self.problems_with_models(models);
        for (name, health) in [("chat", &engine.chat), ("embedding", &engine.embedding)] {
            let missing = models.iter().any(|model| model.chosen && !is_ready(model));
            if let Health::Failed { reason } = health
                && !missing
            {
                problems.push(ApiError {
                    code: Code::EngineDown,
                    message: format!("the {name} engine is not working: {reason}"),
                    hint: Some(
                        "It is started again by itself; approved answers and search go on.".into(),
                    ),
                });
            }
        }
        if let Some(error) = self.knowledge.reader_problem() {
            problems.push(ApiError {
                code: Code::BadFile,
                message: error.to_string(),
                hint: error.hint(),
            });
        }
        problems
    }
}

fn bring(model: &Model) -> String {
    let file = &model.entry.file;
    match model.origin {
        ModelOrigin::Catalogue => format!(
            "Copy {file} into the folder `models`, or run `cargo xtask models` in the sources."
        ),
        ModelOrigin::Own | ModelOrigin::InPlace => {
            format!(
                "Import {file} again, or choose another model; meanwhile the next best is used."
            )
        }
    }
}

fn is_ready(model: &Model) -> bool {
    matches!(model.located, Located::Ready { .. })
}

/// A machine as staff see it.
pub(crate) fn machine(machine: &Machine) -> MachineView {
    MachineView {
        system: machine.system.clone(),
        processor: machine.processor.clone(),
        physical_cores: machine.physical_cores as u32,
        logical_cores: machine.logical_cores as u32,
        memory_bytes: machine.memory_bytes,
        memory_free_bytes: machine.memory_free_bytes,
        performance_cores: machine.performance_cores as u32,
        architecture: machine.architecture.clone(),
        instructions: machine.instructions.clone(),
        disk_free_bytes: machine.disk_free_bytes,
        power: match machine.power {
            Power::Unknown => "unknown".into(),
            Power::Mains => "mains".into(),
            Power::Battery => "battery".into(),
        },
        virtualised: machine.virtualised.clone(),
        devices: machine.devices.iter().map(device).collect(),
        without_graphics: machine.without_graphics.clone(),
    }
}

fn device(device: &Device) -> DeviceView {
    DeviceView {
        name: device.name.clone(),
        description: device.description.clone(),
        backend: device.backend.clone(),
        kind: match device.kind {
            DeviceKind::Discrete => "discrete".into(),
            DeviceKind::Integrated => "integrated".into(),
            DeviceKind::Software => "software".into(),
        },
        memory_bytes: device.memory_bytes,
        memory_free_bytes: device.memory_free_bytes,
    }
}
