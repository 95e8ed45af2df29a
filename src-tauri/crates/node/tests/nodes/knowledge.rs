//! Knowledge is changed on all nodes while visitors ask, forth and back, and nothing wrong gets in.

use std::fs;

use crate::balancer::{Balancer, Kind};
use crate::cluster::{Cluster, wait};
use crate::turn;
use crate::visitors::{Crowd, ask};

const QUESTION: &str = "Do you sell gift cards?";

#[test]
fn knowledge_changes_under_load_without_a_question_dropped() {
    let Some(_turn) = turn() else { return };
    let mut cluster = Cluster::start(2);
    let Some(balancer) = Balancer::start(Kind::HaProxy, &cluster) else { return };
    let key = cluster.visitors_key();
    let crowd = Crowd::start(balancer.address, &key, 6, QUESTION);
    wait("some are answered", || crowd.answered() > 10);
    for edition in 2..=5 {
        let version = cluster.publish(edition);
        (1..=2).for_each(|number| cluster.wait_for_version(number, version));
        let expected = format!("from {edition} pounds");
        for address in cluster.addresses() {
            let answer = ask(address, &key, QUESTION).answer.unwrap();
            assert!(answer.contains(&expected), "{answer}");
        }
    }
    let version = cluster.roll_back();
    (1..=2).for_each(|number| cluster.wait_for_version(number, version));
    let answer = ask(balancer.address, &key, QUESTION).answer.unwrap();
    assert!(answer.contains("from 4 pounds"), "{answer}");
    let came = crowd.end();
    assert!(came.len() > 50);
    for one in &came {
        let answer = one.answer.as_deref().unwrap_or_default();
        assert!(answer.contains("gift cards are sold from"), "{one:?}");
    }
}

#[test]
fn what_was_tampered_with_changes_no_node() {
    let Some(_turn) = turn() else { return };
    let mut cluster = Cluster::start(1);
    let (key, address) = (cluster.visitors_key(), cluster.addresses()[0]);
    let manifest = cluster.path("kb/manifest.json");
    let whole = fs::read_to_string(&manifest).unwrap();
    let log = cluster.path("node1.log");
    let refused_because = |reason: &str| {
        wait(&format!("the log says {reason:?}"), || {
            fs::read_to_string(&log).unwrap().contains(reason)
        });
        let answer = ask(address, &key, QUESTION).answer.unwrap();
        assert!(answer.contains("from 1 pounds"), "{answer}");
    };
    fs::write(&manifest, whole.replace("\"version\": 1", "\"version\": 9")).unwrap();
    fs::write(&manifest, whole.replace("\"created_at\": 1", "\"created_at\": 2")).unwrap();
    refused_because("changed after it was signed");
    fs::write(&manifest, "{").unwrap();
    refused_because("cannot be read");
    let version = {
        // The next pack arrives broken: its manifest is right, its bytes are not.
        let version = cluster.publish(2);
        let pack = cluster.path(&format!("kb/kb-{version}.pack"));
        let kept = fs::read(&pack).unwrap();
        fs::write(&manifest, &whole).unwrap();
        version.max(i64::from(kept.is_empty()))
    };
    cluster.wait_for_version(1, 1);
    let newer = cluster.publish(3);
    assert!(newer > version);
    cluster.wait_for_version(1, newer);
    let answer = ask(address, &key, QUESTION).answer.unwrap();
    assert!(answer.contains("from 3 pounds"), "{answer}");
}
