//! How fast a computer is, in the numbers that the rest of this crate works with.

/// The measured speed of one model on one computer.
///
/// A step writes one token of each of `B` texts and takes `T(B) = a + b B` seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// Tokens of a prompt read in a second, when nothing else is in the step.
    pub prefill_per_second: f64,
    /// Seconds of a step whatever is in it: `a`.
    pub step_base_s: f64,
    /// Seconds more for each text in the step: `b`.
    pub step_each_s: f64,
    /// Texts written at the same time.
    pub slots: usize,
    /// Processor seconds of a question that no model answers, with everything around it.
    pub light_s: f64,
    /// Processor cores that share the work.
    pub cores: f64,
}
