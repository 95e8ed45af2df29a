//! The plan for more visitors.

use super::{Here, machines_for, roadmap};
use crate::{Costs, Mix, Prices, Workload};

#[test]
fn a_spare_machine_is_counted_from_two_on() {
    let check = |target: f64, each: f64, expected: Option<u32>| {
        assert_eq!(machines_for(target, each), expected, "{target} at {each}");
    };
    check(10.0, 18.0, Some(1));
    check(18.0, 18.0, Some(1));
    check(18.1, 18.0, Some(3));
    check(1_000.0, 570.0, Some(3));
    check(100.0, 0.0, None);
    check(5_000.0, 41.0, None);
}

#[test]
fn every_number_of_visitors_has_ways_and_the_cheapest_comes_first() {
    let prices = Prices::bundled();
    let profile = prices.machine("pc8").unwrap().profile(Costs::all(0.01));
    let here = Some(Here { profile, users_per_minute: 150.0 });
    let workload = Workload::usual(Mix::USUAL);
    let rows = roadmap(here, &prices, &workload, 5.0, &[10.0, 500.0, 5_000.0]);
    assert_eq!(rows.len(), 3);
    assert_eq!((rows[0].ways[0].id.as_str(), rows[0].ways[0].machines), ("here", Some(1)));
    for row in &rows {
        let costs: Vec<f64> = row.ways.iter().filter_map(|way| way.usd_per_month).collect();
        assert!(costs.is_sorted(), "{row:?}");
        assert!(row.ways.iter().any(|way| way.id.starts_with("api:")));
    }
    let cards = |row: &super::Row| row.ways.iter().find(|way| way.id == "gpu24").unwrap().machines;
    assert!(cards(&rows[2]) >= cards(&rows[1]));
}
