//! Which program a server is, as far as its list of models tells. It only decides which extra
//! fields it may be asked for; a server that nobody knows is asked for none.

/// Which program a server is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Product {
    /// llama.cpp's own server: takes a grammar.
    LlamaServer,
    /// vLLM.
    Vllm,
    /// SGLang.
    Sglang,
    /// Ollama.
    Ollama,
    /// OpenAI.
    OpenAi,
    /// Google's Gemini.
    Gemini,
    /// Anthropic's compatible address.
    Anthropic,
    /// Another node of this product.
    Frontdesk,
    /// Any other.
    #[default]
    Other,
}

impl Product {
    /// Tells by the owner that a list of models names, and by the host.
    pub(crate) fn of(owner: &str, host: &str) -> Self {
        let host = host.to_ascii_lowercase();
        let is_below = |name: &str| host == name || host.ends_with(&format!(".{name}"));
        match owner.to_ascii_lowercase().as_str() {
            "llamacpp" => Self::LlamaServer,
            "vllm" => Self::Vllm,
            "sglang" => Self::Sglang,
            "library" | "ollama" => Self::Ollama,
            "frontdesk" => Self::Frontdesk,
            _ if is_below("openai.com") => Self::OpenAi,
            _ if is_below("googleapis.com") => Self::Gemini,
            _ if is_below("anthropic.com") => Self::Anthropic,
            _ => Self::Other,
        }
    }

    /// Its name, for people; empty where it is not known.
    pub fn name(self) -> &'static str {
        match self {
            Self::LlamaServer => "llama-server",
            Self::Vllm => "vLLM",
            Self::Sglang => "SGLang",
            Self::Ollama => "Ollama",
            Self::OpenAi => "OpenAI",
            Self::Gemini => "Gemini",
            Self::Anthropic => "Anthropic",
            Self::Frontdesk => "Frontdesk",
            Self::Other => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_of(owner: &str, host: &str, expected: Product) {
        assert_eq!(Product::of(owner, host), expected, "{owner} at {host}");
    }

    #[test]
    fn a_server_is_known_by_what_it_says_or_by_its_host() {
        check_of("llamacpp", "127.0.0.1", Product::LlamaServer);
        check_of("vllm", "gpu.local", Product::Vllm);
        check_of("sglang", "gpu.local", Product::Sglang);
        check_of("library", "localhost", Product::Ollama);
        check_of("frontdesk", "10.0.0.7", Product::Frontdesk);
        check_of("system", "api.openai.com", Product::OpenAi);
        check_of("google", "generativelanguage.googleapis.com", Product::Gemini);
        check_of("", "api.anthropic.com", Product::Anthropic);
        check_of("openai", "litellm.shop.example", Product::Other);
        check_of("", "notopenai.com", Product::Other);
    }
}
