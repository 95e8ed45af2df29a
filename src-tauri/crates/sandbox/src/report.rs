//! What holds after a step, and what the system lacks.

use std::fmt;

/// One thing that a confined process cannot do any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// Opening files and folders that were not named.
    Files,
    /// Using more memory, files and disk than was named; leaving a memory dump.
    Limits,
    /// Talking to anything over a network or a local socket.
    Network,
    /// Starting programs; touching other processes.
    Processes,
    /// Reaching the parts of the kernel that a model never needs; changing whose a file is.
    Kernel,
}

/// How far a layer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// As described.
    Fully,
    /// With the gap that the text names.
    Partly(String),
    /// Not at all, for the reason that the text names.
    Not(String),
}

/// The layers that a step was about, each with how far it holds. Printed, it is a line for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    layers: Vec<(Layer, Hold)>,
}

impl Report {
    pub(crate) fn new(layers: impl IntoIterator<Item = (Layer, Hold)>) -> Self {
        Self { layers: layers.into_iter().collect() }
    }

    /// The layers in the order in which they were closed.
    pub fn layers(&self) -> &[(Layer, Hold)] {
        &self.layers
    }

    /// How far a layer holds, if the step was about it.
    pub fn hold(&self, layer: Layer) -> Option<&Hold> {
        self.layers.iter().find(|(each, _)| *each == layer).map(|(_, hold)| hold)
    }

    /// Whether every layer holds fully.
    pub fn is_full(&self) -> bool {
        self.layers.iter().all(|(_, hold)| *hold == Hold::Fully)
    }

    /// This report and that of a later step in one.
    pub fn and(mut self, later: Self) -> Self {
        self.layers.extend(later.layers);
        self
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (layer, hold)) in self.layers.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{layer}: {hold}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Layer::Files => "files",
            Layer::Limits => "limits",
            Layer::Network => "network",
            Layer::Processes => "processes",
            Layer::Kernel => "kernel",
        })
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hold::Fully => formatter.write_str("locked"),
            Hold::Partly(gap) => write!(formatter, "locked in part ({gap})"),
            Hold::Not(reason) => write!(formatter, "open ({reason})"),
        }
    }
}

#[cfg(test)]
mod tests;
