//! What a confined process may still do.

use std::path::PathBuf;

/// What a confined process may still read, write and use up.
///
/// ```text
/// Confinement { read: vec![model, libraries], write: vec![states], ..Confinement::default() }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confinement {
    /// Files and folders that may be read. A folder counts with all that is in it. The program's
    /// own libraries belong here if they do not lie where the system keeps its own.
    pub read: Vec<PathBuf>,
    /// Folders in which files may also be made, changed and removed. They must exist.
    pub write: Vec<PathBuf>,
    /// Whether the drivers of graphics cards may be read and their devices used. It opens a large
    /// part of the kernel, so only when a card does the work.
    pub graphics_card: bool,
    /// Most memory the process may have for writing into, whether it has written yet or not: heap,
    /// caches, the stacks of threads. The mapped model and the memory of a card do not count. A
    /// limit for accidents, with room left by the caller: asking for more fails.
    pub memory_bytes: Option<u64>,
    /// Most addresses the process may use, whatever for: what is mapped counts too. For a program
    /// that maps nothing large, a limit that nothing gets around.
    pub address_bytes: Option<u64>,
    /// Most seconds of a processor the process may use; the system ends it beyond.
    pub processor_seconds: Option<u64>,
    /// Most files, pipes and devices open at a time.
    pub open_files: u64,
    /// Largest file that may be written. The system ends a process that writes beyond it, so it
    /// should be well above what the program means to write.
    pub file_bytes: u64,
}

impl Default for Confinement {
    /// No file and no folder, no graphics card, any amount of memory and time, 256 open files, 1 GiB a file.
    fn default() -> Self {
        Self {
            read: Vec::new(),
            write: Vec::new(),
            graphics_card: false,
            memory_bytes: None,
            address_bytes: None,
            processor_seconds: None,
            open_files: 256,
            file_bytes: 1 << 30,
        }
    }
}
