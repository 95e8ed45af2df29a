//! What others count on about how a model is run.

use catalog::memory::{Kv, Setting};

use super::{BLOCK_TOKENS, CONTEXT_DEFAULT, SHELF, SLOTS_DEFAULT};

#[test]
fn the_memory_that_is_promised_is_for_the_way_models_are_run() {
    let run = Setting {
        context_tokens: CONTEXT_DEFAULT,
        sequences: (SLOTS_DEFAULT + SHELF) as u32,
        kv: Kv::F16,
        block_tokens: BLOCK_TOKENS,
        ..Setting::chat()
    };
    assert_eq!(run, Setting::chat());
}
