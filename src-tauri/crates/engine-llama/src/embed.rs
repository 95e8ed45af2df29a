//! Turning texts into unit vectors, several texts in one batch.

mod pack;

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use engine::protocol::{Failure, FromChild};
use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;
use unicode_normalization::UnicodeNormalization;

use crate::Desk;
use crate::error::Error;
use crate::model::{Model, compute_error};
use crate::queue::Job;
use pack::{choose_batch_tokens, cut_tokens, pack, unit_vector};

/// Tokens that fit into a batch. llama.cpp ends the process on one token more.
const BATCH_TOKENS: usize = 512;

/// Texts of a batch.
const BATCH_TEXTS: usize = 16;

/// One text of up to so many tokens, a question, is computed by one thread: two would spend more
/// time waiting for each other than computing, most of all where others want the processor.
const QUESTION_TOKENS: usize = 64;

/// How often a long request says how far it is.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Bytes of a text that are looked at; what is behind them is cut off anyway.
const TEXT_BYTES_MAX: usize = 32 * BATCH_TOKENS;

/// A model that makes vectors, with its context.
pub(crate) struct Embed<'model> {
    model: &'model Model,
    context: LlamaContext<'model>,
    /// For one question, with one thread; `None` where there is only one anyway.
    for_question: Option<LlamaContext<'model>>,
    batch: LlamaBatch<'static>,
    text_tokens: usize,
    batch_tokens: usize,
    width: usize,
}

impl<'model> Embed<'model> {
    /// Opens a context and makes one vector, which brings the model's pages into memory and
    /// tells how wide vectors are.
    pub(crate) fn start(
        model: &'model Model,
        threads: i32,
        context: Option<u32>,
    ) -> Result<Embed<'model>, Error> {
        let parameters = |tokens: usize, texts: usize, threads: i32| {
            LlamaContextParams::default()
                .with_n_ctx(NonZeroU32::new(tokens as u32))
                .with_n_batch(tokens as u32)
                .with_n_ubatch(tokens as u32)
                .with_n_seq_max(texts as u32)
                // Without it each text would only get its share of the context.
                .with_kv_unified(true)
                .with_embeddings(true)
                .with_n_threads(threads)
                .with_n_threads_batch(threads)
        };
        let default = BATCH_TOKENS as u32;
        let text_tokens = model.choose_context(context, default).min(default) as usize;
        let context = model.open_context(parameters(BATCH_TOKENS, BATCH_TEXTS, threads))?;
        let for_question = match threads {
            1 => None,
            _ => Some(model.open_context(parameters(QUESTION_TOKENS, 1, 1))?),
        };
        let batch = LlamaBatch::new(BATCH_TOKENS, 1);
        let batch_tokens = choose_batch_tokens(model.vocabulary_size() as usize, BATCH_TOKENS);
        let mut embed =
            Embed { model, context, for_question, batch, text_tokens, batch_tokens, width: 0 };
        let first = embed.vectors(&[vec![model.some_token()]])?;
        embed.width = first.first().map_or(0, Vec::len);
        Ok(embed)
    }

    /// Tokens of a text that count.
    pub(crate) fn text_tokens(&self) -> usize {
        self.text_tokens
    }

    /// Estimate of the memory in use, in bytes.
    pub(crate) fn memory_bytes(&self) -> u64 {
        self.model.memory_bytes(0, BATCH_TOKENS as u32)
    }

    /// Numbers in a vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Serves requests until the queue is closed or the program is to end.
    pub(crate) fn serve(&mut self, desk: &Desk) {
        while let Some(job) = desk.queue.next() {
            let id = job.id();
            let reply = self.answer(job, desk, true);
            desk.queue.finish(id);
            match reply {
                Some(reply) => desk.outbox.send(&reply),
                None => return,
            }
        }
    }

    /// The reply to one request, or `None` if the program is to end.
    fn answer(&mut self, job: Job, desk: &Desk, may_pause: bool) -> Option<FromChild> {
        match job {
            Job::Embed { id, texts } => self.embed(id, &texts, desk, may_pause),
            Job::Count { id, texts } => {
                let count = |text: &String| self.model.count_tokens(&normal_form(text));
                Some(FromChild::Counts { id, counts: texts.iter().map(count).collect() })
            }
            Job::Generate(request, _) => Some(FromChild::Failed {
                id: request.id,
                failure: Failure::Refused,
                reason: "this engine makes vectors, it cannot write".to_owned(),
            }),
        }
    }

    /// All vectors of one request, with pauses for small requests between the batches.
    fn embed(
        &mut self,
        id: u64,
        texts: &[String],
        desk: &Desk,
        may_pause: bool,
    ) -> Option<FromChild> {
        let failed = |failure, reason: String| Some(FromChild::Failed { id, failure, reason });
        let tokens: Vec<_> = texts.iter().map(|text| self.tokenize(text)).collect();
        let lengths: Vec<usize> = tokens.iter().map(Vec::len).collect();
        let mut vectors = Vec::with_capacity(texts.len());
        let mut told_at = Instant::now();
        for range in pack(&lengths, self.batch_tokens, BATCH_TEXTS) {
            if desk.ending.has_begun() {
                return None;
            }
            if desk.queue.is_cancelled(id) {
                return failed(Failure::Refused, "the request was cancelled".to_owned());
            }
            match self.vectors(&tokens[range]) {
                Ok(more) => vectors.extend(more),
                Err(error) => return failed(Failure::Compute, error.to_string()),
            }
            // A slow processor takes long for many texts, and silence would look like an end.
            if told_at.elapsed() >= TELL_EVERY {
                told_at = Instant::now();
                let done = |count: usize| lengths[..count].iter().sum::<usize>() as u32;
                let (read_tokens, prompt_tokens) = (done(vectors.len()), done(lengths.len()));
                desk.outbox.send(&FromChild::Reading { id, read_tokens, prompt_tokens });
            }
            if may_pause {
                self.serve_small(desk)?;
            }
        }
        Some(FromChild::Vectors { id, vectors })
    }

    fn serve_small(&mut self, desk: &Desk) -> Option<()> {
        while let Some(job) = desk.queue.next_small() {
            let id = job.id();
            let reply = self.answer(job, desk, false);
            desk.queue.finish(id);
            desk.outbox.send(&reply?);
        }
        Some(())
    }

    /// The tokens of one text: at least one, and never more than fit.
    fn tokenize(&self, text: &str) -> Vec<LlamaToken> {
        let vocab = self.model.vocab();
        let text = &text[..text.floor_char_boundary(TEXT_BYTES_MAX)];
        let mut tokens = vocab.tokenize(normal_form(text).as_bytes(), true, false);
        if tokens.is_empty() {
            tokens = vocab.tokenize(b" ", true, false);
        }
        if tokens.is_empty() {
            tokens.push(self.model.some_token());
        }
        let closes = tokens.last().is_some_and(|&last| vocab.is_control(last));
        cut_tokens(&mut tokens, self.text_tokens, closes);
        tokens
    }

    /// The vectors of one batch. The caller has seen to it that it fits.
    fn vectors(&mut self, texts: &[Vec<LlamaToken>]) -> Result<Vec<Vec<f32>>, Error> {
        let context = match (&mut self.for_question, texts) {
            (Some(context), [text]) if text.len() <= QUESTION_TOKENS => context,
            _ => &mut self.context,
        };
        context.clear_kv_cache();
        self.batch.clear();
        for (sequence, tokens) in (0..).zip(texts) {
            self.batch.add_sequence(tokens, sequence, true).map_err(compute_error)?;
        }
        context.decode(&mut self.batch).map_err(compute_error)?;
        (0..)
            .zip(texts)
            .map(|(sequence, _)| {
                let vector = context.embeddings_seq_ith(sequence).map_err(compute_error)?;
                unit_vector(vector).ok_or_else(|| Error::Compute {
                    reason: "the model made a vector without a direction".to_owned(),
                })
            })
            .collect()
    }
}

/// The form in which tokenizers expect text: one way to write each letter.
fn normal_form(text: &str) -> String {
    text.nfkc().collect()
}
