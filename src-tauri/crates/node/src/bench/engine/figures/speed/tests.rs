//! Rates of several texts at once.

use std::time::{Duration, Instant};

use super::*;

/// A text with a token a second, from `first` to `last` seconds after it was asked for.
fn told(asked: Instant, first: u64, last: u64) -> Told {
    let at = |seconds| asked + Duration::from_secs(seconds);
    let pieces: Vec<Instant> = (first..=last).map(at).collect();
    Told {
        asked,
        first: at(first),
        last: at(last),
        text: String::new(),
        prompt_tokens: 0,
        cached_tokens: 0,
        generated_tokens: pieces.len() as u32,
        drafted_tokens: 0,
        accepted_tokens: 0,
        pieces,
    }
}

fn check(spans: &[(u64, u64)], together: f64, with_prompts: f64) {
    let asked = Instant::now();
    let told: Vec<Told> = spans.iter().map(|(first, last)| told(asked, *first, *last)).collect();
    assert!((rate_together(&told) - together).abs() < 1e-6, "{spans:?} {}", rate_together(&told));
    let rate = total_rate(&told);
    assert!((rate - with_prompts).abs() < 1e-6, "{spans:?} {rate}");
}

#[test]
fn only_the_time_when_all_write_counts() {
    check(&[(2, 11)], 1.0, 10.0 / 11.0);
    check(&[(1, 10), (1, 10)], 2.0, 2.0);
    check(&[(1, 10), (6, 15)], 2.0, 20.0 / 15.0);
    check(&[(1, 4), (6, 9)], 0.0, 8.0 / 9.0);
}

#[test]
fn several_tokens_may_come_as_one_piece() {
    let now = Instant::now();
    let told = Told { generated_tokens: 20, ..told(now, 1, 10) };
    assert!((rate_together(&[told]) - 2.0).abs() < 1e-6);
}
