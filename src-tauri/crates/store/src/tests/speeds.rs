//! Measured speeds.

use super::desk;
use crate::{SpeedRow, Store};

fn row(sha256: &str, device: &str, threads: i64, at: i64) -> SpeedRow {
    SpeedRow {
        sha256: sha256.into(),
        device: device.into(),
        version: "0.1.0".into(),
        threads,
        model: "small".into(),
        load_ms: 230,
        prefill_per_second: 1_000.5,
        step_base_s: 0.004,
        step_each_s: 0.003,
        r_squared: 0.998,
        threads_better: Some(6),
        light_s: Some(0.012),
        notes: vec!["on battery".into(), "other programs were busy".into()],
        at,
    }
}

#[test]
fn the_newest_speed_of_a_model_is_read_back_whole() {
    let desk = desk();
    assert_eq!(desk.store.speed("a").unwrap(), None);
    desk.store.save_speed(&row("a", "cpu: zen4", 8, 100)).unwrap();
    desk.store.save_speed(&row("b", "cpu: zen4", 8, 300)).unwrap();
    let plain = SpeedRow {
        threads_better: None,
        light_s: None,
        notes: Vec::new(),
        ..row("a", "vulkan: card", 8, 200)
    };
    desk.store.save_speed(&plain).unwrap();
    assert_eq!(desk.store.speed("a").unwrap(), Some(plain.clone()));
    assert_eq!(desk.store.speeds().unwrap(), [row("b", "cpu: zen4", 8, 300), plain]);
}

#[test]
fn measuring_the_same_again_replaces_the_row() {
    let desk = desk();
    desk.store.save_speed(&row("a", "cpu: zen4", 8, 100)).unwrap();
    desk.store.save_speed(&SpeedRow { load_ms: 1, ..row("a", "cpu: zen4", 8, 200) }).unwrap();
    desk.store.save_speed(&row("a", "cpu: zen4", 4, 150)).unwrap();
    assert_eq!(desk.count("SELECT count(*) FROM speed"), 2);
    let Some(newest) = desk.store.speed("a").unwrap() else { panic!("no row") };
    assert_eq!((newest.load_ms, newest.at), (1, 200));
    drop(desk.store);
    let again = Store::open(desk.folder.path()).unwrap();
    assert_eq!(again.speed("a").unwrap(), Some(newest));
}
