//! The kinds of models that are let through: those that write or compare plain text.
//!
//! llama.cpp knows more, for speech, pictures, drafts and diffusion; a desk has no use for them,
//! and each is more code that trusts its file.

use crate::Refusal;
use crate::keys::Keys;

/// Where a model is made for.
const ARCHITECTURE_KEY: &str = "general.architecture";

/// How much of each head is turned by the position of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turned {
    /// All of it: llama.cpp ends the process when the file says anything else.
    Whole,
    /// As much as the file says.
    Part,
}

/// What is known of one kind of models.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Architecture {
    /// As `general.architecture` says it.
    pub(crate) name: &'static str,
    /// How much of a head is turned.
    pub(crate) turned: Turned,
    /// Whether a file without experts ends the process.
    pub(crate) needs_experts: bool,
    /// Whether it makes vectors and writes nothing.
    pub(crate) makes_vectors: bool,
}

const fn whole(name: &'static str) -> Architecture {
    Architecture { name, turned: Turned::Whole, needs_experts: false, makes_vectors: false }
}

const fn part(name: &'static str) -> Architecture {
    Architecture { name, turned: Turned::Part, needs_experts: false, makes_vectors: false }
}

const fn with_experts(architecture: Architecture) -> Architecture {
    Architecture { needs_experts: true, ..architecture }
}

const fn vectors(architecture: Architecture) -> Architecture {
    Architecture { makes_vectors: true, ..architecture }
}

/// Everything that is let through.
const KNOWN: &[Architecture] = &[
    // Models that write.
    whole("apertus"),
    whole("arcee"),
    part("bitnet"),
    part("cohere2"),
    part("command-r"),
    whole("ernie4_5"),
    with_experts(whole("ernie4_5-moe")),
    whole("exaone"),
    whole("exaone4"),
    whole("falcon"),
    part("falcon-h1"),
    part("gemma"),
    part("gemma2"),
    part("gemma3"),
    part("gemma3n"),
    part("gemma4"),
    part("glm4"),
    with_experts(part("glm4moe")),
    with_experts(part("gpt-oss")),
    whole("granite"),
    part("granitehybrid"),
    whole("granitemoe"),
    part("hunyuan-dense"),
    whole("internlm2"),
    part("lfm2"),
    with_experts(part("lfm2moe")),
    whole("llama"),
    whole("minicpm"),
    whole("mistral3"),
    part("nemotron"),
    whole("olmo"),
    whole("olmo2"),
    with_experts(whole("olmoe")),
    part("phi2"),
    part("phi3"),
    with_experts(part("phimoe")),
    whole("qwen2"),
    with_experts(whole("qwen2moe")),
    whole("qwen3"),
    part("qwen35"),
    with_experts(part("qwen35moe")),
    with_experts(whole("qwen3moe")),
    with_experts(part("qwen3next")),
    whole("seed_oss"),
    whole("smollm3"),
    part("stablelm"),
    whole("starcoder2"),
    // Models that make vectors.
    vectors(part("bert")),
    vectors(part("eurobert")),
    vectors(part("gemma-embedding")),
    vectors(part("jina-bert-v2")),
    vectors(part("jina-bert-v3")),
    vectors(whole("llama-embed")),
    vectors(part("modern-bert")),
    vectors(part("neo-bert")),
    vectors(part("nomic-bert")),
    vectors(part("nomic-bert-moe")),
    vectors(part("t5encoder")),
];

impl Architecture {
    /// What the file says it is. Fails on anything that is not known.
    pub(crate) fn of(keys: &Keys) -> Result<&'static Architecture, Refusal> {
        let Some(name) = keys.text(ARCHITECTURE_KEY)? else {
            return Err(Refusal::key(ARCHITECTURE_KEY, "is missing"));
        };
        KNOWN.iter().find(|known| known.name == name).ok_or_else(|| {
            let name = crate::printable(name.as_bytes());
            let problem = format!("is `{name}`, which this program does not run");
            Refusal::key(ARCHITECTURE_KEY, problem)
        })
    }

    /// The whole name of a key that belongs to this kind of models.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.name)
    }
}
