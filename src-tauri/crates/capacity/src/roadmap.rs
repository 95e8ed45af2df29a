//! What more visitors would take: for each number of them the ways to serve them, and their cost.

use crate::{Api, Prices, Profile, RentedMachine, Workload, serve_within};

/// This computer, if its speed is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Here {
    /// Its speed; `None` where no model writes, or none was measured.
    pub profile: Profile,
    /// Questions a minute it serves, from [`serve_within`].
    pub users_per_minute: f64,
}

/// One number of visitors.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Questions a minute.
    pub users_per_minute: f64,
    /// Ways that work come first, cheapest first.
    pub ways: Vec<Way>,
}

/// One way to serve them.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The machine's id in the prices; `here` for computers like this one; `api:` and an id.
    pub id: String,
    /// As people say it.
    pub name: String,
    /// How many, a spare one included from two on; `None` where it does not keep the promise.
    pub machines: Option<u32>,
    /// US dollars a month, where something is rented.
    pub usd_per_month: Option<f64>,
}

/// More machines than this are no plan for a shop.
const MOST_MACHINES: f64 = 40.0;

/// The ways for each of these numbers of visitors a minute.
pub fn roadmap(
    here: Option<Here>,
    prices: &Prices,
    workload: &Workload,
    within_s: f64,
    targets: &[f64],
) -> Vec<Row> {
    let costs = here.map_or(crate::Costs::all(0.0), |here| here.profile.costs);
    let offered: Vec<(&RentedMachine, f64)> = prices
        .machines
        .iter()
        .filter(|machine| machine.offered)
        .map(|machine| {
            (machine, serve_within(&machine.profile(costs), workload, within_s).users_per_minute)
        })
        .collect();
    let row = |target: &f64| {
        let mut ways = Vec::new();
        if let Some(here) = here {
            ways.push(Way {
                id: "here".into(),
                name: String::new(),
                machines: machines_for(*target, here.users_per_minute),
                usd_per_month: None,
            });
        }
        for (machine, each) in &offered {
            let machines = machines_for(*target, *each);
            let month = machine.usd_per_month(prices).zip(machines);
            ways.push(Way {
                id: machine.id.clone(),
                name: format!("{} ({})", machine.name, machine.model),
                machines,
                usd_per_month: month.map(|(usd, count)| usd * f64::from(count)),
            });
        }
        for api in prices.apis.iter().filter(|api| api.offered) {
            ways.push(by_api(api, prices, workload, *target));
        }
        // Nothing to pay first, then by cost; what does not work last.
        ways.sort_by(|one, other| rank(one).total_cmp(&rank(other)));
        Row { users_per_minute: *target, ways }
    };
    targets.iter().map(row).collect()
}

fn rank(way: &Way) -> f64 {
    match (way.machines, way.usd_per_month) {
        (None, _) => f64::INFINITY,
        (Some(count), None) => f64::from(count) / 1e3,
        (Some(_), Some(usd)) => usd.max(1.0),
    }
}

/// How many machines, with a spare one where there are several: one may fail.
fn machines_for(target: f64, each: f64) -> Option<u32> {
    if each <= 0.0 {
        return None;
    }
    let needed = (target / each).ceil().max(1.0);
    let all = if needed > 1.0 { needed + 1.0 } else { needed };
    (all <= MOST_MACHINES).then_some(all as u32)
}

/// Somebody else's server writes; this computer, or one like it, does the rest.
fn by_api(api: &Api, prices: &Prices, workload: &Workload, target: f64) -> Way {
    let answers = target * 60.0 * prices.asked_hours_per_month * workload.mix.generated;
    let each = api.usd_per_answer(workload.prompt.mean, workload.answer.mean);
    Way {
        id: format!("api:{}", api.id),
        name: api.name.clone(),
        machines: Some(1),
        usd_per_month: Some(answers * each),
    }
}

#[cfg(test)]
mod tests;
