//! Other people's promises, checked with the same arithmetic.

use crate::{ClaimKind, Costs, Mix, Prices, Workload, serve_within};

/// A promise and what comes out.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedClaim {
    /// The promise in words.
    pub claim: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// What comes out, in words.
    pub ours: String,
}

/// Whether a promise holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Holds,
    /// Half of it or more does.
    Partly,
    /// It does not.
    Fails,
}

/// Checks every promise of the document. Every question is written by a model, 300 new tokens
/// read and 80 written: what those who promise assume.
pub fn check_claims(prices: &Prices) -> Vec<CheckedClaim> {
    let all_written = Mix { faq: 0.0, order: 0.0, cache: 0.0, generated: 1.0 };
    let workload = Workload::usual(all_written);
    let check = |claim: &crate::Claim| {
        let (verdict, ours) = match &claim.check {
            ClaimKind::Serves { machine, machines, users_per_minute, within_seconds } => {
                serves(prices, machine, *machines, *users_per_minute, *within_seconds, &workload)
            }
            ClaimKind::Answers { machine, from_seconds, to_seconds } => {
                answers(prices, machine, *from_seconds, *to_seconds, &workload)
            }
            ClaimKind::CostsPerDay { api, users_per_minute, usd, prompt_tokens, answer_tokens } => {
                let day = prices.api(api).map_or(0.0, |api| {
                    users_per_minute * 1_440.0 * api.usd_per_answer(*prompt_tokens, *answer_tokens)
                });
                let verdict = graded(*usd, day);
                (verdict, format!("{:.0} US dollars a day", day))
            }
        };
        CheckedClaim { claim: claim.claim.clone(), verdict, ours }
    };
    prices.claims.iter().map(check).collect()
}

fn serves(
    prices: &Prices,
    machine: &str,
    machines: u32,
    promised: f64,
    within_s: f64,
    workload: &Workload,
) -> (Verdict, String) {
    let Some(machine) = prices.machine(machine) else {
        return (Verdict::Fails, "this machine is not in the prices".into());
    };
    let profile = machine.profile(Costs::all(0.0));
    let each = serve_within(&profile, workload, within_s).users_per_minute;
    let all = each * f64::from(machines);
    let ours = if each < 0.5 {
        let alone = profile.alone_s(workload.prompt.mean, workload.answer.mean);
        format!("none within {within_s:.0} s: one answer alone takes {alone:.1} s")
    } else {
        format!("{all:.0} a minute within {within_s:.0} s")
    };
    (graded(all, promised), ours)
}

fn answers(
    prices: &Prices,
    machine: &str,
    from_s: f64,
    to_s: f64,
    workload: &Workload,
) -> (Verdict, String) {
    let Some(machine) = prices.machine(machine) else {
        return (Verdict::Fails, "this machine is not in the prices".into());
    };
    let alone =
        machine.profile(Costs::all(0.0)).alone_s(workload.prompt.mean, workload.answer.mean);
    let ours = format!("{alone:.1} s for one answer when nobody else asks");
    let verdict = if alone < from_s { Verdict::Holds } else { graded(to_s, alone) };
    (verdict, ours)
}

/// Whether what there is reaches what is needed, or half of it.
fn graded(there_is: f64, needed: f64) -> Verdict {
    if there_is >= needed {
        Verdict::Holds
    } else if there_is >= needed / 2.0 {
        Verdict::Partly
    } else {
        Verdict::Fails
    }
}

#[cfg(test)]
mod tests;
