//! Words come through a balancer as they are said, and nobody is turned away while there is room.

use std::time::Duration;

use crate::balancer::{Balancer, Kind};
use crate::cluster::Cluster;
use crate::turn;
use crate::visitors::{ask, median};

const QUESTION: &str = "Do you sell gift cards?";

#[test]
fn a_balancer_adds_less_than_50_ms_to_the_first_word() {
    let Some(_turn) = turn() else { return };
    let cluster = Cluster::start(2);
    let key = cluster.visitors_key();
    let first = |address| {
        let all = (0..21).map(|_| ask(address, &key, QUESTION));
        median(all.inspect(|came| assert_eq!(came.status, 200)).map(|came| came.first).collect())
    };
    let direct = first(cluster.addresses()[0]);
    for kind in Kind::ALL {
        let Some(balancer) = Balancer::start(kind, &cluster) else { continue };
        let through = first(balancer.address);
        let added = through.saturating_sub(direct);
        assert!(added < Duration::from_millis(50), "{kind:?} adds {added:?} to {direct:?}");
    }
}

#[test]
fn many_at_once_are_all_answered_by_two_and_by_four_nodes() {
    let Some(_turn) = turn() else { return };
    for count in [2, 4] {
        let cluster = Cluster::start(count);
        let key = cluster.visitors_key();
        for kind in Kind::ALL {
            let Some(balancer) = Balancer::start(kind, &cluster) else { continue };
            let address = balancer.address;
            let visitors: Vec<_> = (0..48)
                .map(|_| {
                    let key = key.clone();
                    std::thread::spawn(move || ask(address, &key, QUESTION))
                })
                .collect();
            for visitor in visitors {
                let came = visitor.join().unwrap();
                let answer = came.answer.unwrap_or_default();
                assert!(answer.contains("gift cards"), "{kind:?}, {count} nodes: {}", came.status);
            }
        }
    }
}
