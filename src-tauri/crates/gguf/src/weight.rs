//! The ways to store weights that models use: how many numbers are stored together, in how many
//! bytes.

/// One way to store weights.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    /// Its number in a file.
    number: u32,
    /// Its name elsewhere.
    pub(crate) name: &'static str,
    /// Numbers that are stored together.
    pub(crate) block: u64,
    /// Bytes of a block.
    pub(crate) block_bytes: u64,
}

/// What norms and offsets are stored as.
pub(crate) const F32: u32 = 0;

const fn weight(number: u32, name: &'static str, block: u64, block_bytes: u64) -> Weight {
    Weight { number, name, block, block_bytes }
}

/// Whole numbers, 64-bit fractions and the formats of intermediate results are not among them:
/// llama.cpp loads such weights and ends the process when it computes with them.
const KNOWN: &[Weight] = &[
    weight(F32, "F32", 1, 4),
    weight(1, "F16", 1, 2),
    weight(2, "Q4_0", 32, 18),
    weight(3, "Q4_1", 32, 20),
    weight(6, "Q5_0", 32, 22),
    weight(7, "Q5_1", 32, 24),
    weight(8, "Q8_0", 32, 34),
    weight(10, "Q2_K", 256, 84),
    weight(11, "Q3_K", 256, 110),
    weight(12, "Q4_K", 256, 144),
    weight(13, "Q5_K", 256, 176),
    weight(14, "Q6_K", 256, 210),
    weight(16, "IQ2_XXS", 256, 66),
    weight(17, "IQ2_XS", 256, 74),
    weight(18, "IQ3_XXS", 256, 98),
    weight(19, "IQ1_S", 256, 50),
    weight(20, "IQ4_NL", 32, 18),
    weight(21, "IQ3_S", 256, 110),
    weight(22, "IQ2_S", 256, 82),
    weight(23, "IQ4_XS", 256, 136),
    weight(29, "IQ1_M", 256, 56),
    weight(30, "BF16", 1, 2),
    weight(34, "TQ1_0", 256, 54),
    weight(35, "TQ2_0", 256, 66),
    weight(39, "MXFP4", 32, 17),
    weight(40, "NVFP4", 64, 36),
    weight(41, "Q1_0", 128, 18),
    weight(42, "Q2_0", 64, 18),
];

impl Weight {
    /// The way with this number.
    pub(crate) fn find(number: u32) -> Option<&'static Weight> {
        KNOWN.iter().find(|known| known.number == number)
    }

    /// The way with this name.
    pub(crate) fn named(name: &str) -> Option<&'static Weight> {
        KNOWN.iter().find(|known| known.name == name)
    }

    /// Its number in a file.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Whether numbers are stored as they are used.
    pub(crate) fn is_f32(&self) -> bool {
        self.number == F32
    }
}
