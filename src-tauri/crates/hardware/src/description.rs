//! A description of a computer that is not here, as JSON with the fields of [`Machine`], so that
//! a choice can be checked for it.
//!
//! Memory and cores must be told. What follows from them is filled in, and what else is missing
//! stays unknown.

use serde::Deserialize;

use crate::{Device, Machine, Power};

/// Somebody who writes less than this means gigabytes.
const LEAST_MEMORY_BYTES: u64 = 256 << 20;

/// No computer has more.
const MOST_CORES: usize = 4096;

/// Why a description of a computer cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MachineError {
    /// It is no JSON object.
    #[error("the description of the computer is not a JSON object: {reason}")]
    NotJson {
        /// What the reader stumbled on.
        reason: String,
    },
    /// A field is missing, unknown or wrong.
    #[error("the description of the computer is wrong at {field}: {reason}")]
    Field {
        /// The field, with dots for the inner ones.
        field: String,
        /// What is wrong with it, and what to write.
        reason: String,
    },
}

/// A description as it is written. All fields may be missing, to be told apart from zero.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    system: String,
    #[serde(default)]
    processor: String,
    architecture: Option<String>,
    #[serde(default)]
    instructions: Vec<String>,
    physical_cores: Option<usize>,
    performance_cores: Option<usize>,
    logical_cores: Option<usize>,
    memory_bytes: Option<u64>,
    memory_free_bytes: Option<u64>,
    disk_free_bytes: Option<u64>,
    #[serde(default)]
    power: Power,
    virtualised: Option<String>,
    #[serde(default)]
    devices: Vec<WrittenDevice>,
    without_graphics: Option<String>,
}

/// A graphics card as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDevice {
    name: Option<String>,
    #[serde(default)]
    description: String,
    backend: Option<String>,
    #[serde(default)]
    kind: crate::DeviceKind,
    memory_bytes: Option<u64>,
    memory_free_bytes: Option<u64>,
}

impl Machine {
    /// Reads a description.
    ///
    /// Of the cores, one number is enough; free memory is nine tenths of all where it is not told.
    /// Fails at the first field that is wrong, naming it and what to write.
    pub fn parse(text: &str) -> Result<Self, MachineError> {
        let written = read(text)?;
        let (logical_cores, physical_cores, performance_cores) = cores(&written)?;
        let (memory_bytes, memory_free_bytes) = memory(&written)?;
        let devices = written.devices.into_iter().enumerate();
        Ok(Self {
            system: written.system,
            processor: written.processor,
            architecture: written.architecture.unwrap_or_else(|| "x86_64".into()),
            instructions: written.instructions,
            physical_cores,
            performance_cores,
            logical_cores,
            memory_bytes,
            memory_free_bytes,
            disk_free_bytes: written.disk_free_bytes,
            power: written.power,
            virtualised: written.virtualised,
            devices: devices.map(|(at, device)| card(at, device)).collect::<Result<_, _>>()?,
            without_graphics: written.without_graphics,
        })
    }
}

fn read(text: &str) -> Result<Written, MachineError> {
    let value: serde_json::Value = serde_json::from_str(text)
        .map_err(|error| MachineError::NotJson { reason: error.to_string() })?;
    if !value.is_object() {
        return Err(MachineError::NotJson { reason: "it does not begin with {".into() });
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let (path, reason) = (error.path().to_string(), error.inner().to_string());
        // A field that nobody knows is reported at its parent; the message holds its name.
        let unknown =
            reason.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
        let field = match unknown {
            Some(name) if path != "." && !path.ends_with(name) => format!("{path}.{name}"),
            Some(name) if path == "." => name.to_string(),
            _ => path,
        };
        MachineError::Field { field, reason }
    })
}

fn cores(written: &Written) -> Result<(usize, usize, usize), MachineError> {
    let told = [
        ("logical_cores", written.logical_cores),
        ("physical_cores", written.physical_cores),
        ("performance_cores", written.performance_cores),
    ];
    for (field, cores) in told {
        if let Some(cores) = cores
            && !(1..=MOST_CORES).contains(&cores)
        {
            let reason = format!("{cores} cores; write a number from 1 to {MOST_CORES}");
            return wrong(field, &reason);
        }
    }
    let Some(logical) = written.logical_cores.or(written.physical_cores) else {
        return wrong("physical_cores", "it is missing; write how many cores the processor has");
    };
    let physical = written.physical_cores.unwrap_or(logical);
    let performance = written.performance_cores.unwrap_or(physical);
    if physical > logical {
        return wrong("logical_cores", "fewer than physical_cores; write as many or more");
    }
    if performance > physical {
        return wrong("performance_cores", "more than physical_cores; write as many or fewer");
    }
    Ok((logical, physical, performance))
}

fn memory(written: &Written) -> Result<(u64, u64), MachineError> {
    let Some(total) = written.memory_bytes else {
        return wrong(
            "memory_bytes",
            "it is missing; write the memory in bytes, as in 17179869184 for 16 GB",
        );
    };
    if total < LEAST_MEMORY_BYTES {
        let reason = format!(
            "{total} bytes are too few; write the memory in bytes, as in 17179869184 for 16 GB"
        );
        return wrong("memory_bytes", &reason);
    }
    let free = written.memory_free_bytes.unwrap_or(total - total / 10);
    if free > total {
        return wrong("memory_free_bytes", "more than memory_bytes; write as much or less");
    }
    Ok((total, free))
}

fn card(at: usize, written: WrittenDevice) -> Result<Device, MachineError> {
    let memory_bytes = written.memory_bytes.unwrap_or(0);
    let memory_free_bytes = written.memory_free_bytes.unwrap_or(memory_bytes);
    if memory_free_bytes > memory_bytes {
        let field = format!("devices[{at}].memory_free_bytes");
        return wrong(&field, "more than memory_bytes; write as much or less");
    }
    if written.kind == crate::DeviceKind::Discrete && memory_bytes < LEAST_MEMORY_BYTES {
        let field = format!("devices[{at}].memory_bytes");
        let reason = format!(
            "{memory_bytes} bytes are too few; write the card's memory in bytes, as in 8589934592 \
             for 8 GB"
        );
        return wrong(&field, &reason);
    }
    let backend = written.backend.unwrap_or_else(|| "Vulkan".into());
    Ok(Device {
        name: written.name.unwrap_or_else(|| format!("{backend}{at}")),
        description: written.description,
        backend,
        kind: written.kind,
        memory_bytes,
        memory_free_bytes,
    })
}

fn wrong<T>(field: &str, reason: &str) -> Result<T, MachineError> {
    Err(MachineError::Field { field: field.into(), reason: reason.into() })
}

#[cfg(test)]
mod tests;
