//! What is known of a computer: the shapes that [`detect_with_disk`](crate::detect_with_disk) fills, and that a
//! description of another computer fills as well.

use serde::{Deserialize, Serialize};

/// What a computer has. Unknown facts are empty, zero or `None`, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Machine {
    /// The operating system and its version, as people say it.
    pub system: String,
    /// The processor's name as it gives it.
    pub processor: String,
    /// The processor's family, as in `x86_64` or `aarch64`.
    pub architecture: String,
    /// Instruction sets that matter for speed, as in `avx2`, `fma` or `avx512f`.
    pub instructions: Vec<String>,
    /// Cores that can work at full speed at once, at least 1.
    pub physical_cores: usize,
    /// Of these, the fast ones; all of them where they are alike.
    pub performance_cores: usize,
    /// Threads this program may run at once, at least 1.
    pub logical_cores: usize,
    /// Memory this program may use in all, in bytes; 0 when the system does not say.
    pub memory_bytes: u64,
    /// Memory that can be had now without swapping, in bytes.
    pub memory_free_bytes: u64,
    /// Room on the disk that holds the desk, in bytes; `None` when the system does not say.
    pub disk_free_bytes: Option<u64>,
    /// Where its power comes from.
    pub power: Power,
    /// What it runs inside, as in `WSL`, `KVM` or `container`; `None` on a computer of its own.
    pub virtualised: Option<String>,
    /// Graphics cards that the engine can use, in its own order.
    pub devices: Vec<Device>,
    /// Why no graphics card is used, in words for a person, where there might have been one.
    pub without_graphics: Option<String>,
}

/// Where a computer's power comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// The system does not say.
    #[default]
    Unknown,
    /// A socket, or a computer without a battery.
    Mains,
    /// A battery.
    Battery,
}

/// A graphics card as the engine sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Device {
    /// The engine's name for it, as in `Vulkan0`: what the engine is started with.
    pub name: String,
    /// The maker's name for it.
    pub description: String,
    /// Through what it is used, as in `Vulkan`, `CUDA` or `Metal`.
    pub backend: String,
    /// Its kind.
    pub kind: DeviceKind,
    /// Its memory, in bytes; 0 when it does not say.
    pub memory_bytes: u64,
    /// Of that, free now.
    pub memory_free_bytes: u64,
}

/// What kind of graphics card it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// With memory of its own.
    #[default]
    Discrete,
    /// Shares the computer's memory.
    Integrated,
    /// A processor that poses as a card, such as Mesa's software driver.
    Software,
}
