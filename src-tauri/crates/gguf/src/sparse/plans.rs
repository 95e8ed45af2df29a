//! The true measures of published models, for files without weights.
//!
//! A plan says of a model what its makers published: layers, widths, heads. Its file has every
//! tensor that llama.cpp asks for, stored the way its quantizer would store it.

mod families;
mod layer;
mod mix;

use super::{Sparse, Value};
use families::Family;
use mix::Mix;

/// What is published of one model.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The model's id in the catalogue, or a name for tests where it is not in there.
    pub id: &'static str,
    architecture: &'static str,
    family: Family,
    mix: Mix,
    layers: u32,
    width: u32,
    heads: u32,
    kv_heads: u32,
    head: u32,
    feed_forward: u32,
    vocabulary: u32,
    context: u32,
    ties_output: bool,
}

impl Plan {
    /// The model's file without weights.
    pub fn file(&self) -> Sparse {
        let mut file = Sparse::new(self.architecture);
        file.key("general.name", Value::Text(self.id.into()));
        file.own("block_count", Value::Whole(self.blocks()));
        file.own("context_length", Value::Whole(self.context));
        file.own("embedding_length", Value::Whole(self.width));
        file.own("feed_forward_length", Value::Whole(self.feed_forward));
        file.own("attention.head_count", Value::Whole(self.heads));
        file.own("attention.head_count_kv", Value::Whole(self.kv_heads));
        file.own("attention.key_length", Value::Whole(self.head));
        file.own("attention.value_length", Value::Whole(self.head));
        file.own("attention.layer_norm_rms_epsilon", Value::Fraction(1e-6));
        file.own("rope.freq_base", Value::Fraction(1e6));
        if self.architecture == "granite" {
            file.own("logit_scale", Value::Fraction(10.0));
        }
        self.family.keys(self, &mut file);
        file.vocabulary(self.vocabulary);
        let [width, vocabulary] = [self.width, self.vocabulary].map(u64::from);
        let tokens = self.mix.tokens(self.ties_output, width);
        file.tensor("token_embd.weight", &[width, vocabulary], tokens);
        file.tensor("output_norm.weight", &[width], "F32");
        if !self.ties_output {
            file.tensor("output.weight", &[width, vocabulary], self.mix.output(width));
        }
        self.family.tensors(self, &mut file);
        file
    }

    /// Layers with the ones that only guess ahead.
    fn blocks(&self) -> u32 {
        self.layers + self.family.guessing_layers()
    }
}

const QWEN3: Plan = Plan {
    id: "",
    architecture: "qwen3",
    family: Family::Normed,
    mix: Mix::Q4KM,
    layers: 36,
    width: 2560,
    heads: 32,
    kv_heads: 8,
    head: 128,
    feed_forward: 9728,
    vocabulary: 151_936,
    context: 40_960,
    ties_output: true,
};

const LLAMA: Plan = Plan { architecture: "llama", family: Family::Plain, ..QWEN3 };

const QWEN35: Plan = Plan {
    architecture: "qwen35",
    family: Family::Delta { value_heads: 16, key_heads: 16 },
    vocabulary: 248_320,
    context: 262_144,
    layers: 24,
    head: 256,
    heads: 8,
    kv_heads: 2,
    ..QWEN3
};

const GEMMA4: Plan = Plan {
    architecture: "gemma4",
    family: Family::Windows {
        global_kv: 1,
        every: 6,
        window: 1024,
        shared: 0,
        table: 0,
        doubles: false,
    },
    mix: Mix::Q4,
    vocabulary: 262_144,
    context: 262_144,
    head: 512,
    ..QWEN3
};

/// Every model whose measures are known here.
pub const PLANS: &[Plan] = &[
    Plan {
        id: "qwen3-0.6b",
        layers: 28,
        width: 1024,
        heads: 16,
        feed_forward: 3072,
        mix: Mix::Q8,
        ..QWEN3
    },
    Plan { id: "qwen3-1.7b", layers: 28, width: 2048, heads: 16, feed_forward: 6144, ..QWEN3 },
    Plan { id: "qwen3-4b", ..QWEN3 },
    Plan { id: "qwen3-4b-instruct-2507", context: 262_144, ..QWEN3 },
    Plan { id: "qwen3-4b-instruct-2507-fine", context: 262_144, mix: Mix::Q8, ..QWEN3 },
    Plan { id: "qwen3-8b", width: 4096, feed_forward: 12_288, ties_output: false, ..QWEN3 },
    Plan {
        id: "qwen3-14b",
        layers: 40,
        width: 5120,
        heads: 40,
        feed_forward: 17_408,
        ties_output: false,
        ..QWEN3
    },
    Plan {
        id: "qwen3-30b-a3b-instruct-2507",
        architecture: "qwen3moe",
        family: Family::Experts { count: 128, used: 8, feed_forward: 768 },
        layers: 48,
        width: 2048,
        kv_heads: 4,
        feed_forward: 6144,
        context: 262_144,
        ties_output: false,
        ..QWEN3
    },
    Plan {
        id: "gpt-oss-20b",
        architecture: "gpt-oss",
        family: Family::Sinks { experts: 32, used: 4 },
        mix: Mix::Mxfp4,
        layers: 24,
        width: 2880,
        heads: 64,
        head: 64,
        feed_forward: 2880,
        vocabulary: 201_088,
        context: 131_072,
        ties_output: false,
        ..QWEN3
    },
    Plan {
        id: "gemma-4-e2b",
        family: Family::Windows {
            global_kv: 1,
            every: 5,
            window: 512,
            shared: 20,
            table: 256,
            doubles: true,
        },
        layers: 35,
        width: 1536,
        heads: 8,
        kv_heads: 1,
        feed_forward: 6144,
        context: 131_072,
        ..GEMMA4
    },
    Plan {
        id: "gemma-4-e4b",
        family: Family::Windows {
            global_kv: 2,
            every: 6,
            window: 512,
            shared: 18,
            table: 256,
            doubles: false,
        },
        layers: 42,
        width: 2560,
        heads: 8,
        kv_heads: 2,
        feed_forward: 10_240,
        context: 131_072,
        ..GEMMA4
    },
    Plan { id: "gemma-4-12b", layers: 48, width: 3840, heads: 16, feed_forward: 15_360, ..GEMMA4 },
    Plan {
        id: "gemma-4-26b-a4b",
        family: Family::WindowsAndExperts { global_kv: 2, count: 128, used: 8, feed_forward: 704 },
        layers: 30,
        width: 2816,
        heads: 16,
        feed_forward: 2112,
        ..GEMMA4
    },
    Plan {
        id: "gemma-4-31b",
        family: Family::Windows {
            global_kv: 4,
            every: 6,
            window: 1024,
            shared: 0,
            table: 0,
            doubles: false,
        },
        layers: 60,
        width: 5376,
        kv_heads: 16,
        feed_forward: 21_504,
        ..GEMMA4
    },
    Plan {
        id: "granite-4.0-micro",
        architecture: "granite",
        layers: 40,
        heads: 40,
        head: 64,
        feed_forward: 8192,
        vocabulary: 100_352,
        context: 131_072,
        ..LLAMA
    },
    Plan {
        id: "smollm3-3b",
        architecture: "smollm3",
        width: 2048,
        heads: 16,
        kv_heads: 4,
        feed_forward: 11_008,
        vocabulary: 128_256,
        context: 65_536,
        ..LLAMA
    },
    Plan {
        id: "smollm2-1.7b-instruct",
        layers: 24,
        width: 2048,
        kv_heads: 32,
        head: 64,
        feed_forward: 8192,
        vocabulary: 49_152,
        context: 8192,
        ..LLAMA
    },
    Plan {
        id: "mistral-7b-instruct-v0.3",
        layers: 32,
        width: 4096,
        feed_forward: 14_336,
        vocabulary: 32_768,
        context: 32_768,
        ties_output: false,
        ..LLAMA
    },
    Plan { id: "qwen3.5-0.8b", width: 1024, feed_forward: 3584, ..QWEN35 },
    Plan { id: "qwen3.5-2b", width: 2048, feed_forward: 6144, ..QWEN35 },
    Plan {
        id: "qwen3.5-4b",
        family: Family::Delta { value_heads: 32, key_heads: 16 },
        layers: 32,
        heads: 16,
        kv_heads: 4,
        feed_forward: 9216,
        ..QWEN35
    },
    // Not in the catalogue: a kind that mixes layers with a state among those with attention.
    Plan {
        id: "granite-4.0-h-tiny",
        architecture: "granitehybrid",
        family: Family::States { inner: 3072, state: 128, state_heads: 48 },
        layers: 40,
        width: 1536,
        heads: 12,
        kv_heads: 4,
        feed_forward: 4096,
        vocabulary: 100_352,
        context: 131_072,
        ..LLAMA
    },
    // The seed of many others, with the licence of its maker.
    Plan {
        id: "llama-3.1-8b",
        layers: 32,
        width: 4096,
        feed_forward: 14_336,
        vocabulary: 128_256,
        context: 131_072,
        ties_output: false,
        ..LLAMA
    },
];

/// The plan with this id.
pub fn plan(id: &str) -> Option<&'static Plan> {
    PLANS.iter().find(|plan| plan.id == id)
}
