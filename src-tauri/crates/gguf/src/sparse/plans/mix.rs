//! How the quantizer of llama.cpp stores each tensor of a model.

/// A way to store a whole model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mix {
    /// Mostly 4 bits, with 6 where it matters.
    Q4KM,
    /// 4 bits, and 6 for tables of tokens.
    Q4,
    /// 8 bits.
    Q8,
    /// Experts in 4-bit fractions, everything else in 8 bits.
    Mxfp4,
}

impl Mix {
    /// The table of tokens.
    pub(super) fn tokens(self, ties_output: bool, width: u64) -> &'static str {
        match self {
            Mix::Q4KM if ties_output => fitting("Q6_K", width),
            Mix::Q4KM => fitting("Q4_K", width),
            Mix::Q4 => fitting("Q6_K", width),
            Mix::Q8 | Mix::Mxfp4 => "Q8_0",
        }
    }

    /// The output layer.
    pub(super) fn output(self, width: u64) -> &'static str {
        match self {
            Mix::Q4KM | Mix::Q4 => fitting("Q6_K", width),
            Mix::Q8 | Mix::Mxfp4 => "Q8_0",
        }
    }

    /// A matrix with rows of `row` numbers in one of `layers` layers.
    pub(super) fn matrix(self, name: &str, layer: u32, layers: u32, row: u64) -> &'static str {
        match self {
            Mix::Q4KM => {
                let matters = name.starts_with("attn_v.") || name.starts_with("ffn_down");
                let kind = match name {
                    _ if matters && gets_more(layer, layers) => "Q6_K",
                    "attn_qkv.weight" => "Q5_K",
                    _ => "Q4_K",
                };
                fitting(kind, row)
            }
            Mix::Q4 => "Q4_0",
            Mix::Q8 => "Q8_0",
            Mix::Mxfp4 if name.contains("_exps.") => "MXFP4",
            Mix::Mxfp4 => "Q8_0",
        }
    }
}

/// The first and the last layers, and every third between them.
fn gets_more(layer: u32, layers: u32) -> bool {
    let eighth = layers / 8;
    layer < eighth || layer >= 7 * layers / 8 || (layer - eighth) % 3 == 2
}

/// Rows that are no multiple of 256 are stored in smaller blocks.
fn fitting(kind: &'static str, row: u64) -> &'static str {
    match kind {
        _ if row.is_multiple_of(256) => kind,
        "Q4_K" => "Q5_0",
        "Q5_K" => "Q5_1",
        _ => "Q8_0",
    }
}
