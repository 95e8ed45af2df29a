//! Guessing ahead changes how often the model is asked, never what it says.

use super::*;

/// Tokens that the model of these tests knows; the last one ends a text.
const VOCABULARY: i32 = 12;
const END: i32 = VOCABULARY - 1;

/// A model that mostly says again what followed the last two tokens before.
fn scores_after(history: &[i32], seed: u64) -> Vec<f32> {
    let mut scores = vec![0.0; VOCABULARY as usize];
    let mut hash = seed;
    for &token in history.iter().rev().take(2) {
        hash = (hash ^ token as u64).wrapping_mul(0x0100_0000_01b3);
    }
    scores[(hash % VOCABULARY as u64) as usize] = 1.0;
    scores
}

fn run(prompt: &[i32], max_tokens: usize, with_drafts: bool) -> Run {
    let prepared = Prepared {
        id: 1,
        prompt: Prompt { tokens: prompt.to_vec(), keep: Vec::new() },
        max_tokens,
        deadline: None,
        picker: Picker::greedy(),
        text: TextStream::new(vec!["<7><7>".to_owned()]),
        run_on: false,
    };
    Run::begin(prepared, 0, 1, with_drafts, Instant::now())
}

/// Writes a text to its end. Answers it, the tokens of it that the context would hold, and the
/// steps it took.
fn write(prompt: &[i32], seed: u64, with_drafts: bool) -> (String, Vec<i32>, usize, FromChild) {
    let mut run = run(prompt, 60, with_drafts);
    let (mut held, mut text, mut steps) = (prompt.to_vec(), String::new(), 0);
    let costs = StepCosts::default();
    loop {
        if run.next.is_some() {
            run.guess(usize::MAX, &costs);
        }
        let computed: Vec<i32> = run.next.into_iter().chain(run.guesses.clone()).collect();
        let results: Vec<Vec<f32>> = match computed.is_empty() {
            true => vec![scores_after(&held, seed)],
            false => (1..=computed.len())
                .map(|count| scores_after(&[&held, &computed[..count]].concat(), seed))
                .collect(),
        };
        let scores = |index: usize| results.get(index).map(Vec::as_slice);
        let (right, more, after) = run.take(scores, &[END], |token| format!("<{token}>").into());
        held.extend(computed.iter().take(right + 1));
        text.push_str(&more);
        steps += 1;
        if let After::End(reason) = after {
            return (text, held, steps, run.done(reason));
        }
    }
}

#[test]
fn guessing_never_changes_what_is_written() {
    let mut saved = 0;
    for seed in 0..500 {
        let prompt: Vec<i32> = (0..20).map(|at| (at * 7 + seed as i32) % END).collect();
        let (plain, held, plain_steps, done) = write(&prompt, seed, false);
        let (guessed, also_held, steps, also_done) = write(&prompt, seed, true);
        assert_eq!((&guessed, &also_held), (&plain, &held), "seed {seed}");
        let (FromChild::Done { done, .. }, FromChild::Done { done: also, .. }) = (done, also_done)
        else {
            panic!("a text ends with its end");
        };
        assert_eq!((also.reason, also.generated_tokens), (done.reason, done.generated_tokens));
        assert!(also.accepted_tokens <= also.drafted_tokens);
        saved += plain_steps - steps;
    }
    assert!(saved > 1_000, "only {saved} steps were saved");
}
