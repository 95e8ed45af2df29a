//! The doctor's findings as lines for people: a label, then what is so.

use crate::wire::{BuildView, DataView, DeviceView, Doctor, Health, MachineView, ModelView};

impl Doctor {
    /// One line a fact, in the order in which somebody who helps asks for them.
    pub fn in_words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = |label: &str, text: String| lines.push(format!("{label:<11}{text}"));
        line("Program", program(&self.build, &self.data));
        line("Computer", computer(&self.machine));
        line("Processor", processor(&self.machine));
        line("Memory", memory(&self.machine));
        self.machine.devices.iter().for_each(|device| line("Graphics", graphics(device)));
        self.machine.without_graphics.iter().for_each(|why| line("Graphics", why.clone()));
        line("Data", data(&self.data));
        let (missing, here): (Vec<_>, Vec<_>) =
            self.models.iter().partition(|model| model.state == "missing");
        here.iter().for_each(|it| line("Model", model(it)));
        if !missing.is_empty() {
            line("Model", format!("{} more that the desk knows are not here", missing.len()));
        }
        line("Class", class(self));
        self.tier.why.iter().for_each(|why| line("Why", why.clone()));
        let engines = [("chat", &self.engine.chat), ("embedding", &self.engine.embedding)];
        engines
            .iter()
            .for_each(|(name, health)| line("Engine", format!("{name}: {}", state(health))));
        for problem in &self.problems {
            let hint = problem.hint.as_deref().unwrap_or_default();
            line("Problem", format!("{}\n  {hint}", problem.message));
        }
        for note in &self.notes {
            line("Note", format!("{}\n  {}", note.message, note.hint));
        }
        lines
    }
}

fn program(build: &BuildView, data: &DataView) -> String {
    let engine = if build.engine.is_empty() { "engine not asked" } else { &build.engine };
    let mut text = format!("Frontdesk {}, {engine}, SQLite {}", build.version, data.sqlite);
    if !build.computes_on.is_empty() {
        text += &format!(", computes on {}", build.computes_on);
    }
    let clock = jiff::Timestamp::from_second(build.clock).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    text + &format!(", clock {}", clock.strftime("%Y-%m-%d %H:%M UTC"))
}

fn computer(machine: &MachineView) -> String {
    let mut parts = vec![machine.system.clone(), machine.architecture.clone()];
    parts.extend(machine.virtualised.iter().map(|inside| format!("inside: {inside}")));
    if machine.power != "unknown" {
        parts.push(format!("power: {}", machine.power));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn processor(machine: &MachineView) -> String {
    let mut parts = vec![
        machine.processor.clone(),
        format!("{} cores", machine.physical_cores),
        format!("{} of them fast", machine.performance_cores),
        format!("{} threads", machine.logical_cores),
        machine.instructions.join(" "),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn memory(machine: &MachineView) -> String {
    let disk = machine.disk_free_bytes.map_or("room on the disk unknown".into(), |bytes| {
        format!("{} free on the disk", gigabytes(bytes))
    });
    let (total, free) = (machine.memory_bytes, machine.memory_free_bytes);
    format!("{}, {} of it free; {disk}", gigabytes(total), gigabytes(free))
}

fn graphics(device: &DeviceView) -> String {
    format!(
        "{}: {}, {}, {} of memory, {} of it free",
        device.name,
        device.description,
        device.kind,
        gigabytes(device.memory_bytes),
        gigabytes(device.memory_free_bytes)
    )
}

fn data(data: &DataView) -> String {
    format!(
        "{}: {} documents, {} passages ({} by meaning), {} approved answers, {} turns, version {}",
        data.folder,
        data.sources,
        data.passages,
        data.embedded,
        data.faqs,
        data.turns,
        data.kb_version
    )
}

fn model(model: &ModelView) -> String {
    let exam = model.exam.map_or(String::new(), |mark| format!(", exam {:.0} %", mark * 100.0));
    format!(
        "{} ({}, {} MB, {}{exam}): {}, sha256 {}",
        model.id,
        model.purpose,
        model.size_bytes / 1_000_000,
        model.licence,
        model.state,
        model.sha256
    )
}

fn class(doctor: &Doctor) -> String {
    let tier = &doctor.tier;
    let model = if tier.model.is_empty() { "no chat model" } else { &tier.model };
    let mut parts = vec![tier.id.clone(), tier.name.clone(), model.into()];
    parts.push(if tier.answers == "phrase" { "phrases answers" } else { "quotes" }.into());
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn state(health: &Health) -> String {
    match health {
        Health::Warming => "warming up".into(),
        Health::Ready => "ready".into(),
        Health::Busy { waiting } => format!("busy, {waiting} wait"),
        Health::Idle => "not started".into(),
        Health::Failed { reason } => format!("failed: {reason}"),
    }
}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / (1u64 << 30) as f64)
}
