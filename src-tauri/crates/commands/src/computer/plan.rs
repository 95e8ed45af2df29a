//! The plan for more visitors: what this computer serves, and what more would take.
//!
//! Speeds are the measured ones where there are any, shares of routes the desk's own where it has
//! answered enough. The arithmetic is in the crate `capacity`.

mod here;
mod page;
mod words;

use capacity::{Capacity, Here, Mix, Prices, Profile, Tokens, Workload};

use crate::core::Core;
use crate::errors;
use crate::wire::{
    ApiError, CapacityView, ClaimView, Code, LoadPointView, MixView, PlanPriceView, PlanRequest,
    PlanView, RoadmapRowView, WayView,
};

/// The numbers of visitors a minute that the roadmap shows.
const TARGETS: [f64; 5] = [10.0, 100.0, 500.0, 1_000.0, 5_000.0];
/// The promise where none is named.
const USUAL_SECONDS: f64 = 5.0;
/// Turns that the desk's own shares are taken from, and how many are enough.
const HISTORY: u32 = 2_000;
const ENOUGH_TURNS: i64 = 50;
/// Written answers that are enough to know their lengths.
const ENOUGH_WRITTEN: i64 = 10;
/// Points of the curve, as shares of what this computer serves.
const CURVE: [f64; 11] = [0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.95, 1.0, 1.1, 1.2];
/// Questions played for each point of the curve.
const CURVE_QUESTIONS: usize = 1_500;
/// Visitors a minute that somebody may plan for.
const MOST_USERS: f64 = 100_000.0;
/// A file with this name in the data folder stands in for the prices that came with the program.
const PRICES_FILE: &str = "prices.json";

/// What a plan is made of.
struct Basis {
    profile: Option<Profile>,
    model: String,
    measured: bool,
    workload: Workload,
    mix_from: &'static str,
    within_s: f64,
    prices: Prices,
}

impl Core {
    /// How many people this computer serves, and what more would take.
    pub(super) fn plan(&self, request: &PlanRequest) -> Result<PlanView, ApiError> {
        let basis = self.plan_basis(request)?;
        let Basis { workload, within_s, prices, .. } = &basis;
        let here = basis.profile.map(|profile| {
            let capacity = capacity::serve_within(&profile, workload, *within_s);
            (profile, capacity)
        });
        let this_computer = this_computer(&basis, here.as_ref());
        let mut targets = TARGETS.to_vec();
        if let Some(asked) = request.users_per_minute
            && !targets.contains(&asked)
        {
            targets.push(asked);
            targets.sort_by(f64::total_cmp);
        }
        let rows = capacity::roadmap(
            here.map(|(profile, capacity)| Here {
                profile,
                users_per_minute: capacity.users_per_minute,
            }),
            prices,
            workload,
            *within_s,
            &targets,
        );
        let claims = capacity::check_claims(prices).into_iter().map(|checked| ClaimView {
            claim: checked.claim,
            verdict: words::verdict(checked.verdict).into(),
            ours: checked.ours,
        });
        Ok(PlanView {
            sentences: words::sentences(&basis, here.as_ref(), request.users_per_minute, &rows),
            model: basis.model.clone(),
            measured: basis.measured,
            mix: mix_view(workload.mix),
            mix_from: basis.mix_from.into(),
            prompt_tokens: workload.prompt.mean,
            answer_tokens: workload.answer.mean,
            within_seconds: *within_s,
            this_computer,
            curve: here.map_or(Vec::new(), |(profile, capacity)| {
                curve(&profile, workload, capacity.users_per_minute)
            }),
            roadmap: rows.into_iter().map(row_view).collect(),
            claims: claims.collect(),
            prices: price_views(prices),
            prices_as_of: prices.as_of.clone(),
        })
    }

    /// The plan as a page to print.
    pub(super) fn plan_page(&self, request: &PlanRequest) -> Result<String, ApiError> {
        Ok(page::page(&self.plan(request)?))
    }

    fn plan_basis(&self, request: &PlanRequest) -> Result<Basis, ApiError> {
        check_request(request)?;
        let uses = self.store.route_uses(HISTORY)?;
        let turns: i64 = uses.iter().map(|one| one.count).sum();
        let (mix, mix_from) = match request.mix {
            Some(mix) => (mix_of(mix)?, "given"),
            None if turns >= ENOUGH_TURNS => (own_mix(&uses), "history"),
            None => (Mix::USUAL, "usual"),
        };
        let mut workload = Workload::usual(mix);
        let written = uses.iter().find(|one| one.route == "documents");
        if let Some(written) = written.filter(|one| one.count >= ENOUGH_WRITTEN) {
            workload.prompt.mean = written.new_prompt_tokens.max(1.0);
            workload.answer.mean = written.generated_tokens.max(1.0);
        }
        if let Some(mean) = request.prompt_tokens {
            workload.prompt = Tokens { mean, ..workload.prompt };
        }
        if let Some(mean) = request.answer_tokens {
            workload.answer = Tokens { mean, ..workload.answer };
        }
        let here = self.speed_here()?;
        Ok(Basis {
            profile: here.profile,
            model: here.model,
            measured: here.measured,
            workload,
            mix_from,
            within_s: request.within_seconds.unwrap_or(USUAL_SECONDS),
            prices: self.prices()?,
        })
    }

    /// The prices that staff wrote, or those that came with the program.
    fn prices(&self) -> Result<Prices, ApiError> {
        let path = self.store.folder().join(PRICES_FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => Prices::parse(&text).map_err(|error| ApiError {
                code: Code::BadFile,
                message: error.to_string(),
                hint: Some(format!(
                    "Mend {PRICES_FILE} in the data folder, or delete it: the prices that came \
                     with the program are used then."
                )),
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Prices::bundled()),
            Err(error) => Err(errors::data_folder(&path, &error)),
        }
    }
}

fn check_request(request: &PlanRequest) -> Result<(), ApiError> {
    let checks = [
        ("visitors a minute", request.users_per_minute, MOST_USERS),
        ("seconds", request.within_seconds, 3_600.0),
        ("tokens of a prompt", request.prompt_tokens, 100_000.0),
        ("tokens of an answer", request.answer_tokens, 10_000.0),
    ];
    for (name, value, most) in checks {
        if value.is_some_and(|value| !value.is_finite() || value <= 0.0 || value > most) {
            return Err(ApiError {
                code: Code::Invalid,
                message: format!("a plan for that number of {name} makes no sense"),
                hint: Some(format!("Give a number above 0 and up to {most}.")),
            });
        }
    }
    Ok(())
}

fn mix_of(mix: MixView) -> Result<Mix, ApiError> {
    let mix = Mix { faq: mix.faq, order: mix.order, cache: mix.cache, generated: mix.generated };
    mix.normalised().ok_or_else(|| ApiError {
        code: Code::Invalid,
        message: "the shares of the routes are not shares".into(),
        hint: Some("Give numbers from 0 to 1, at least one of them above 0.".into()),
    })
}

/// Shares of the desk's own routes. What no model wrote and nobody kept costs as an approved
/// answer does.
fn own_mix(uses: &[store::RouteUseRow]) -> Mix {
    let mut mix = Mix { faq: 0.0, order: 0.0, cache: 0.0, generated: 0.0 };
    for one in uses {
        let share = match one.route.as_str() {
            "documents" => &mut mix.generated,
            "order" => &mut mix.order,
            "cache" => &mut mix.cache,
            _ => &mut mix.faq,
        };
        *share += one.count as f64;
    }
    mix.normalised().unwrap_or(Mix::USUAL)
}

fn this_computer(basis: &Basis, here: Option<&(Profile, Capacity)>) -> CapacityView {
    let by_formula = here.map_or(0.0, |(profile, _)| {
        capacity::formula(profile, &basis.workload, basis.within_s).users_per_minute
    });
    CapacityView {
        users_per_minute: here.map_or(0.0, |(_, found)| found.users_per_minute),
        by_formula,
        p50_ms: here.map_or(0.0, |(_, found)| found.p50_s * 1e3),
        p95_ms: here.map_or(0.0, |(_, found)| found.p95_s * 1e3),
        p99_ms: here.map_or(0.0, |(_, found)| found.p99_s * 1e3),
        bound_by: here
            .map_or(words::NOT_MEASURED.into(), |(_, found)| words::bound(found.bound).into()),
    }
}

fn curve(profile: &Profile, workload: &Workload, users_per_minute: f64) -> Vec<LoadPointView> {
    let point = |share: &f64| {
        let load = users_per_minute * share;
        let course = capacity::simulate(profile, workload, load / 60.0, CURVE_QUESTIONS, 1);
        LoadPointView {
            users_per_minute: load,
            p50_ms: course.as_ref().map_or(0.0, |it| it.answers_within(0.5) * 1e3),
            p95_ms: course.map(|it| it.answers_within(0.95) * 1e3),
        }
    };
    if users_per_minute > 0.0 { CURVE.iter().map(point).collect() } else { Vec::new() }
}

fn row_view(row: capacity::Row) -> RoadmapRowView {
    let way = |way: capacity::Way| WayView {
        note: words::way_note(&way).into(),
        name: words::way_name(&way),
        machines: way.machines,
        usd_per_month: way.usd_per_month,
    };
    RoadmapRowView {
        users_per_minute: row.users_per_minute,
        ways: row.ways.into_iter().map(way).collect(),
    }
}

fn mix_view(mix: Mix) -> MixView {
    MixView { faq: mix.faq, order: mix.order, cache: mix.cache, generated: mix.generated }
}

/// What is rented by the machine, what is paid by the answer, and what others name.
fn price_views(prices: &Prices) -> Vec<PlanPriceView> {
    let machines = prices.machines.iter().filter_map(|machine| {
        Some(PlanPriceView {
            provider: String::new(),
            name: format!("{} ({})", machine.name, machine.model),
            kind: words::kind(machine.kind).into(),
            usd: machine.usd_per_month(prices)?,
            as_of: machine.as_of.clone(),
            source: machine.source.clone(),
        })
    });
    let apis = prices.apis.iter().map(|api| PlanPriceView {
        provider: String::new(),
        name: format!("{}, 1,000 answers", api.name),
        kind: "api".into(),
        usd: api.usd_per_answer(300.0, 80.0) * 1e3,
        as_of: api.as_of.clone(),
        source: api.source.clone(),
    });
    let named = prices.seed_prices.iter().map(|price| PlanPriceView {
        provider: price.provider.clone(),
        name: price.name.clone(),
        kind: words::kind(price.kind).into(),
        usd: price.usd_per_month,
        as_of: price.as_of.clone(),
        source: price.note.clone(),
    });
    machines.chain(apis).chain(named).collect()
}
