//! What the planner predicts, from what a few visitors cost and from the measured speed of the
//! model. Nothing of the load itself goes into it.

use capacity::{Capacity, Costs, Mix, Profile, Tokens, Workload};
use commands::wire::{ComputerCommand, StaffCommand};
use serde_json::{Value, json};

use super::figures::{Figures, PROMISED_MS, rounded};
use super::load::in_turn;
use super::program::{Program, Used};
use super::questions::{Kind, Questions, Shares, Wish};
use super::visitor::Visited;
use crate::exit::Failure;

/// Light questions whose cost is measured.
const OF_A_KIND: usize = 80;
/// The same of open ones, whose lengths differ more.
const OF_OPEN: usize = 160;
/// Questions of all kinds from which the shares of the routes are learned: so many that about forty
/// open ones are among them. The first ones find the model idle, and fewer would be mostly those.
const OPEN_OF_ALL: f64 = 40.0;
const LEAST_OF_ALL: f64 = 120.0;
const MOST_OF_ALL: f64 = 1_200.0;
/// Questions of one kind are asked so many at once, as open ones meet under load.
const AT_ONCE: usize = 6;
/// The same for all kinds, of which open ones are a part.
const ALL_AT_ONCE: usize = 16;
/// Texts that the engine writes at the same time.
const SLOTS: usize = 8;

/// What a few visitors cost.
pub(super) struct Costing {
    costs: Costs,
    workload: Workload,
    by_kind: [Used; 3],
    shares: Shares,
}

/// Asks a few questions of each kind and then of all, and looks at what they took.
pub(super) fn cost(
    program: &Program,
    shares: &Shares,
    questions: &mut Questions,
) -> Result<Costing, Failure> {
    let door = program.visitors();
    let mut ask = |kind: Kind, count, at_once| -> Result<(Used, Vec<Visited>), Failure> {
        let wishes: Vec<Wish> = (0..count).map(|_| questions.of(kind)).collect();
        let before = program.used()?;
        let visited = in_turn(door, &format!("cost-{kind:?}"), &wishes, at_once);
        Ok((program.used()?.since(before, visited.len()), visited))
    };
    let (order, _) = ask(Kind::Order, OF_A_KIND, AT_ONCE)?;
    let (faq, _) = ask(Kind::Faq, OF_A_KIND, ALL_AT_ONCE)?;
    let (open, written) = ask(Kind::Open, OF_OPEN, AT_ONCE)?;
    let wishes: Vec<Wish> = (0..of_all(shares)).map(|_| questions.draw(shares)).collect();
    let mixed = Figures::of(in_turn(door, "cost-all", &wishes, ALL_AT_ONCE));
    // Of the open ones learned where so few ask that nobody is spared the wait.
    let open_ones = Figures::of(written.clone());
    let generated = shares.faq * mixed.written_share(Kind::Faq)
        + shares.open * open_ones.written_share(Kind::Open);
    let mix =
        Mix { faq: 1.0 - shares.order - generated, order: shares.order, cache: 0.0, generated };
    let costs = Costs {
        faq_s: faq.light_s(),
        order_s: order.light_s(),
        cache_s: faq.light_s(),
        generated_s: open.light_s(),
    };
    let came = || written.iter().filter_map(|visited| visited.came.as_ref().ok());
    let workload = Workload {
        mix,
        prompt: tokens(came().map(|came| came.read_tokens)),
        answer: tokens(came().map(|came| came.written_tokens)),
    };
    Ok(Costing { costs, workload, by_kind: [faq, order, open], shares: *shares })
}

fn of_all(shares: &Shares) -> usize {
    (OPEN_OF_ALL / shares.open).clamp(LEAST_OF_ALL, MOST_OF_ALL) as usize
}

/// Mean and spread of counts; a count of 0 was not told.
fn tokens(counts: impl Iterator<Item = u32>) -> Tokens {
    let known: Vec<f64> = counts.filter(|count| *count > 0).map(f64::from).collect();
    let count = known.len().max(1) as f64;
    let mean = known.iter().sum::<f64>() / count;
    let variance = known.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    Tokens { mean: mean.max(1.0), spread: variance.sqrt() / mean.max(1.0) }
}

/// The model's speed as the program itself measures it, the middle one of three. `None` where it
/// cannot.
pub(super) fn speed(program: &Program) -> Option<[f64; 3]> {
    let mut speeds: Vec<[f64; 3]> = (0..3).filter_map(|_| measured(program)).collect();
    // What a full step takes tells the most.
    let full_step = |[_, base, each]: &[f64; 3]| base + SLOTS as f64 * each;
    speeds.sort_by(|one, other| full_step(one).total_cmp(&full_step(other)));
    (!speeds.is_empty()).then(|| speeds.swap_remove(speeds.len() / 2))
}

fn measured(program: &Program) -> Option<[f64; 3]> {
    let measure = StaffCommand::Computer(ComputerCommand::Measure { id: None });
    let reply = program.manage(&measure).ok()?;
    let number = |name: &str| find(&reply, name);
    Some([
        number("prefill_per_second")?,
        number("step_base_ms")? / 1000.0,
        number("step_each_ms")? / 1000.0,
    ])
}

/// A number of this name, however deep it lies.
fn find(value: &Value, name: &str) -> Option<f64> {
    match value {
        Value::Object(fields) => fields
            .get(name)
            .and_then(Value::as_f64)
            .or_else(|| fields.values().find_map(|field| find(field, name))),
        _ => None,
    }
}

impl Costing {
    /// The most visitors a minute that the planner expects.
    pub(super) fn predict(&self, speed: [f64; 3]) -> Capacity {
        capacity::serve_within(&self.profile(speed), &self.workload, PROMISED_MS / 1000.0)
    }

    /// The same for nodes that have an even share of the cores each: everything on one of them takes
    /// so many times as long, and each keeps the promise for itself. Where no model writes, only the
    /// light work is left.
    pub(super) fn predict_for(&self, nodes: usize, speed: Option<[f64; 3]>) -> f64 {
        let share = 1.0 / nodes.max(1) as f64;
        let (profile, workload) = match speed {
            Some([prefill, base, each]) => {
                let slower = [prefill * share, base / share, each / share];
                (self.profile(slower), self.workload)
            }
            None => {
                let mix = self.workload.mix;
                let faq = mix.faq + mix.generated;
                let mix = Mix { faq, generated: 0.0, ..mix };
                (self.profile([1e9, 0.0, 1e-9]), Workload { mix, ..self.workload })
            }
        };
        let profile = Profile { cores: profile.cores * share, ..profile };
        let each = capacity::serve_within(&profile, &workload, PROMISED_MS / 1000.0);
        each.users_per_minute * nodes as f64
    }

    fn profile(&self, [prefill_per_second, step_base_s, step_each_s]: [f64; 3]) -> Profile {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        let costs = self.costs;
        Profile { prefill_per_second, step_base_s, step_each_s, slots: SLOTS, costs, cores }
    }

    /// Visitors a minute whom the processor alone would allow, from the cost of a few.
    pub(super) fn guess_per_minute(&self) -> f64 {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        let [faq, order, open] = self.by_kind.map(|used| used.light_s() + used.chat_s);
        let Shares { faq: of_faq, order: of_order, open: of_open } = self.shares;
        // Alone, the answers' questions are written too; under load they are not.
        let faq = faq.min(self.costs.faq_s);
        let each = of_faq * faq + of_order * order + of_open * open;
        (60.0 * cores / each.max(1e-4)).clamp(10.0, 6_000.0)
    }

    /// Everything for the result.
    pub(super) fn document(&self, speed: Option<[f64; 3]>) -> Value {
        let [faq, order, open] = self.by_kind.map(|used| {
            json!({
                "node_ms": rounded(used.node_s * 1000.0, 2),
                "embedding_ms": rounded(used.embedding_s * 1000.0, 2),
                "chat_ms": rounded(used.chat_s * 1000.0, 2),
                "visitors_ms": rounded(used.visitors_s * 1000.0, 2),
            })
        });
        let Workload { mix, prompt, answer } = self.workload;
        let lengths = |tokens: Tokens| json!({ "mean": rounded(tokens.mean, 1), "spread": rounded(tokens.spread, 2) });
        let speed = speed.map(|[prefill, base, each]| {
            json!({
                "prefill_per_second": rounded(prefill, 1),
                "step_base_ms": rounded(base * 1000.0, 3),
                "step_each_ms": rounded(each * 1000.0, 3),
            })
        });
        json!({
            "processor_time_of_one": { "faq": faq, "order": order, "open": open },
            "mix": { "faq": rounded(mix.faq, 4), "order": rounded(mix.order, 4),
                     "generated": rounded(mix.generated, 4) },
            "prompt_tokens": lengths(prompt),
            "answer_tokens": lengths(answer),
            "speed": speed,
            "slots": SLOTS,
        })
    }
}
