//! What the reader program is told in its arguments: the format, and what it may use up.

use std::ffi::OsString;

use crate::{Format, Limits};

/// What the reader program is to do.
#[derive(Clone, Debug)]
pub struct Task {
    /// How the file is read.
    pub format: &'static Format,
    /// How much it may cost.
    pub limits: Limits,
}

/// Order of the numbers in the arguments.
const NUMBERS: usize = 8;

impl Task {
    /// The program's arguments.
    pub(crate) fn arguments(&self) -> Vec<OsString> {
        let limits = &self.limits;
        let numbers: [u64; NUMBERS] = [
            limits.file_bytes,
            limits.memory_bytes,
            limits.processor_seconds,
            limits.unpacked_bytes,
            limits.unpacked_ratio,
            limits.members as u64,
            limits.text_bytes as u64,
            limits.pages as u64,
        ];
        let numbers = numbers.iter().map(|number| number.to_string().into());
        std::iter::once(self.format.ending().into()).chain(numbers).collect()
    }

    /// The task that these arguments name, if they do.
    pub fn from_arguments(arguments: &[String]) -> Option<Self> {
        let [ending, numbers @ ..] = arguments else { return None };
        let numbers: Vec<u64> =
            numbers.iter().map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let [file, memory, processor, unpacked, ratio, members, text, pages] =
            <[u64; NUMBERS]>::try_from(numbers).ok()?;
        let limits = Limits {
            file_bytes: file,
            memory_bytes: memory,
            processor_seconds: processor,
            unpacked_bytes: unpacked,
            unpacked_ratio: ratio,
            members: members as usize,
            text_bytes: text as usize,
            pages: pages as usize,
            ..Limits::default()
        };
        Some(Self { format: Format::named(ending)?, limits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_survives_its_arguments() {
        let limits = Limits { members: 7, pages: 9, ..Limits::default() };
        let task = Task { format: Format::named("docx").unwrap(), limits };
        let arguments: Vec<String> =
            task.arguments().into_iter().map(|it| it.into_string().unwrap()).collect();
        let again = Task::from_arguments(&arguments).unwrap();
        assert_eq!((again.format.kind, again.limits), (task.format.kind, task.limits));
        assert!(Task::from_arguments(&arguments[1..]).is_none());
        assert!(Task::from_arguments(&arguments[..4]).is_none());
        assert!(Task::from_arguments(&[]).is_none());
    }
}
