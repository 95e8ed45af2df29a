//! Writes small model files, sound ones and others.

/// A key's value.
#[derive(Clone)]
pub(super) enum Value {
    U16(u16),
    U32(u32),
    I32(i32),
    F32(f32),
    F64(f64),
    Bool(u8),
    /// A kind and whatever bytes.
    Raw(u32, Vec<u8>),
}

impl Value {
    pub(super) fn text(text: &str) -> Value {
        Value::Raw(8, text_bytes(text.as_bytes()))
    }

    pub(super) fn texts(texts: &[&str]) -> Value {
        let bytes: Vec<u8> = texts.iter().flat_map(|text| text_bytes(text.as_bytes())).collect();
        Value::list(8, texts.len() as u64, &bytes)
    }

    pub(super) fn wholes(wholes: &[i32]) -> Value {
        let bytes: Vec<u8> = wholes.iter().flat_map(|whole| whole.to_le_bytes()).collect();
        Value::list(5, wholes.len() as u64, &bytes)
    }

    /// A list that says to have `count` elements.
    pub(super) fn list(kind: u32, count: u64, elements: &[u8]) -> Value {
        let start = kind.to_le_bytes().into_iter().chain(count.to_le_bytes());
        Value::Raw(9, start.chain(elements.iter().copied()).collect())
    }

    fn bytes(&self) -> (u32, Vec<u8>) {
        match self {
            Value::U16(value) => (2, value.to_le_bytes().to_vec()),
            Value::U32(value) => (4, value.to_le_bytes().to_vec()),
            Value::I32(value) => (5, value.to_le_bytes().to_vec()),
            Value::F32(value) => (6, value.to_le_bytes().to_vec()),
            Value::F64(value) => (12, value.to_le_bytes().to_vec()),
            Value::Bool(value) => (7, vec![*value]),
            Value::Raw(kind, bytes) => (*kind, bytes.clone()),
        }
    }
}

fn text_bytes(text: &[u8]) -> Vec<u8> {
    (text.len() as u64).to_le_bytes().into_iter().chain(text.iter().copied()).collect()
}

/// A tensor's entry.
#[derive(Clone)]
pub(super) struct Tensor {
    pub(super) name: String,
    pub(super) dimensions: Vec<u64>,
    pub(super) way: u32,
    pub(super) offset: u64,
}

/// A file to be.
pub(super) struct Model {
    pub(super) magic: [u8; 4],
    pub(super) version: u32,
    pub(super) keys: Vec<(String, Value)>,
    pub(super) tensors: Vec<Tensor>,
    /// What the header says instead of the truth.
    pub(super) key_count: Option<u64>,
    /// The same for tensors.
    pub(super) tensor_count: Option<u64>,
    pub(super) weight_bytes: usize,
}

pub(super) const TOKENS: [&str; 12] =
    ["<s>", "</s>", "a", "b", "c", "d", "e", "f", "ab", "cd", "ef", "abcd"];

impl Model {
    /// Everything that is checked, as a small chat model would say it.
    pub(super) fn sound() -> Model {
        let mut model = Model {
            magic: *b"GGUF",
            version: 3,
            keys: Vec::new(),
            tensors: Vec::new(),
            key_count: None,
            tensor_count: None,
            weight_bytes: 832 + 256,
        };
        model.set("general.architecture", Value::text("llama"));
        model.set("general.name", Value::text("Small"));
        model.set("llama.block_count", Value::U32(2));
        model.set("llama.context_length", Value::U32(512));
        model.set("llama.embedding_length", Value::U32(64));
        model.set("llama.feed_forward_length", Value::U32(128));
        model.set("llama.attention.head_count", Value::U32(4));
        model.set("llama.attention.head_count_kv", Value::U32(2));
        model.set("llama.attention.layer_norm_rms_epsilon", Value::F32(1e-5));
        model.set("llama.rope.dimension_count", Value::U32(16));
        model.set("llama.rope.freq_base", Value::F32(10_000.0));
        model.set("tokenizer.ggml.model", Value::text("gpt2"));
        model.set("tokenizer.ggml.tokens", Value::texts(&TOKENS));
        model.set("tokenizer.ggml.token_type", Value::wholes(&[1; TOKENS.len()]));
        model.set("tokenizer.ggml.merges", Value::texts(&["a b", "c d", "e f", "ab cd"]));
        model.set("tokenizer.ggml.bos_token_id", Value::U32(0));
        model.set("tokenizer.ggml.eos_token_id", Value::U32(1));
        model.set("tokenizer.ggml.add_bos_token", Value::Bool(0));
        let embedding = vec![64, TOKENS.len() as u64];
        for (name, dimensions, way, offset) in
            [("token_embd.weight", embedding, 8, 0), ("output_norm.weight", vec![64], 0, 832)]
        {
            model.tensors.push(Tensor { name: name.into(), dimensions, way, offset });
        }
        model
    }

    /// Writes a key, in place of one with the same name.
    pub(super) fn set(&mut self, key: &str, value: Value) {
        match self.keys.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => self.add(key, value),
        }
    }

    /// Writes a key behind the others.
    pub(super) fn add(&mut self, key: &str, value: Value) {
        self.keys.push((key.into(), value));
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.keys.retain(|(name, _)| name != key);
    }

    /// Makes it a model of another architecture with the same settings.
    pub(super) fn become_architecture(&mut self, name: &str) {
        self.set("general.architecture", Value::text(name));
        for (key, _) in &mut self.keys {
            if let Some(rest) = key.strip_prefix("llama.") {
                *key = format!("{name}.{rest}");
            }
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.magic.to_vec();
        bytes.extend(self.version.to_le_bytes());
        bytes.extend(self.tensor_count.unwrap_or(self.tensors.len() as u64).to_le_bytes());
        bytes.extend(self.key_count.unwrap_or(self.keys.len() as u64).to_le_bytes());
        let mut alignment = 32;
        for (key, value) in &self.keys {
            let (kind, value_bytes) = value.bytes();
            bytes.extend(text_bytes(key.as_bytes()));
            bytes.extend(kind.to_le_bytes());
            bytes.extend(value_bytes);
            if let ("general.alignment", Value::U32(other @ 8..=65_536)) = (&key[..], value) {
                alignment = *other as usize;
            }
        }
        for tensor in &self.tensors {
            bytes.extend(text_bytes(tensor.name.as_bytes()));
            bytes.extend((tensor.dimensions.len() as u32).to_le_bytes());
            bytes.extend(tensor.dimensions.iter().flat_map(|length| length.to_le_bytes()));
            bytes.extend(tensor.way.to_le_bytes());
            bytes.extend(tensor.offset.to_le_bytes());
        }
        bytes.resize(bytes.len().next_multiple_of(alignment) + self.weight_bytes, 0);
        bytes
    }
}
