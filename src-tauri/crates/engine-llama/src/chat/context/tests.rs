//! What would end the process is refused on our side. Needs the chat model; without
//! `FRONTDESK_MODELS` it says so and passes.

use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::*;
use crate::arguments::Purpose;
use crate::ending::Ending;
use crate::model::Placement;

const SHAPE: Shape = Shape { cells: 256, sequences: 3, step_tokens: 32, block_tokens: 32 };

/// llama.cpp is started once at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn with_context(check: impl FnOnce(&mut Context<'_>)) {
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = std::env::var_os("FRONTDESK_MODELS").unwrap_or_default();
    let path = Path::new(&folder).join("SmolLM2-135M-Instruct.IQ4_NL.gguf");
    if !path.is_file() {
        std::io::stderr().write_all(b"skipped: FRONTDESK_MODELS names no chat model\n").unwrap();
        return;
    }
    llama_cpp_2::send_logs_to_tracing(llama_cpp_2::LogOptions::default());
    let model = Model::open(&path, Purpose::Chat, &Placement::Processor, &Ending::new()).unwrap();
    let mut context = Context::open(&model, SHAPE, 1).unwrap();
    check(&mut context);
    let part = Part { seq: 2, tokens: &[1, 2, 3], results: 1 };
    assert!(context.compute(&[part]).is_ok(), "the context still works");
    assert_eq!(context.scores(2).map(<[f32]>::len), Some(49_152));
}

fn check_refused(context: &mut Context<'_>, parts: &[Part<'_>], expected: &str) {
    match context.compute(parts) {
        Err(StepError::Lost(error)) => {
            assert!(error.to_string().contains(expected), "{error}");
        }
        other => panic!("instead of {expected:?}: {other:?}"),
    }
}

#[test]
fn what_would_end_the_process_is_refused() {
    with_context(|context| {
        let part = |seq, tokens| Part { seq, tokens, results: 1 };
        check_refused(context, &[], "a step of 0 tokens");
        check_refused(context, &[part(0, &[])], "a step of 0 tokens");
        check_refused(context, &[part(0, &[1; 33])], "a step of 33 tokens");
        check_refused(context, &[part(3, &[1])], "there is no sequence 3");
        check_refused(context, &[part(usize::MAX, &[1])], "there is no sequence");
        check_refused(context, &[part(0, &[1, -1])], "there is no token -1");
        check_refused(context, &[part(0, &[49_152])], "there is no token 49152");
        check_refused(context, &[part(0, &[i32::MAX])], "there is no token");
        assert!(context.book().tokens(0).is_empty(), "nothing was computed");
    });
}

#[test]
fn only_tokens_that_asked_for_a_result_have_one() {
    with_context(|context| {
        assert!(context.scores(0).is_none());
        context.compute(&[Part { seq: 0, tokens: &[1, 2, 3], results: 2 }]).unwrap();
        let has: Vec<bool> = (0..5).map(|index| context.scores(index).is_some()).collect();
        assert_eq!(has, [false, true, true, false, false]);
        assert!(context.scores(usize::MAX).is_none());
    });
}

#[test]
fn a_full_context_says_so() {
    with_context(|context| {
        for _ in 0..8 {
            context.compute(&[Part { seq: 0, tokens: &[7; 32], results: 0 }]).unwrap();
        }
        let full = context.compute(&[Part { seq: 1, tokens: &[7], results: 1 }]);
        assert!(matches!(full, Err(StepError::Full)), "{full:?}");
        assert_eq!(context.book().tokens(0).len(), 256, "nothing is lost by it");
        context.cut(0, 100);
        assert!(context.compute(&[Part { seq: 1, tokens: &[7], results: 1 }]).is_ok());
        context.forget();
    });
}

#[test]
fn a_state_only_goes_where_it_fits() {
    with_context(|context| {
        let tokens: Vec<i32> = (1..=20).collect();
        context.compute(&[Part { seq: 0, tokens: &tokens, results: 0 }]).unwrap();
        let bytes = context.state(0).unwrap();
        assert!(context.state(3).is_none() && context.state(1).is_none());
        assert!(!context.restore(3, &tokens, &bytes));
        assert!(!context.restore(1, &[1; 300], &bytes), "more than there are cells for");
        assert!(context.restore(1, &tokens, &bytes));
        assert_eq!(context.book().tokens(1), tokens);
    });
}

#[test]
fn a_change_of_threads_keeps_what_was_read() {
    with_context(|context| {
        let tokens: Vec<i32> = (1..=20).collect();
        context.compute(&[Part { seq: 0, tokens: &tokens, results: 0 }]).unwrap();
        context.share(0, 1, 10);
        context.set_threads(2).unwrap();
        assert_eq!((context.threads(), context.book().tokens(1).len()), (2, 10));
        for seq in [0, 1] {
            assert!(context.compute(&[Part { seq, tokens: &[5], results: 1 }]).is_ok());
        }
    });
}
