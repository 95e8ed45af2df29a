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
    let (manifest, log) = (cluster.path("kb/manifest.json"), cluster.path("node1.log"));
    let whole = fs::read_to_string(&manifest).unwrap();
    let newer = cluster.publish_in("elsewhere", 2);
    let next = fs::read_to_string(cluster.path("elsewhere/manifest.json")).unwrap();
    let name = format!("kb-{newer}.pack");
    let pack = fs::read(cluster.path("elsewhere").join(&name)).unwrap();
    let refused_because = |text: &str, reason: &str| {
        fs::write(&manifest, text).unwrap();
        wait(&format!("the log says {reason:?}"), || {
            fs::read_to_string(&log).unwrap().contains(reason)
        });
        let answer = ask(address, &key, QUESTION).answer.unwrap();
        assert!(answer.contains("from 1 pounds"), "{answer}");
    };
    let raised = whole.replace("\"created_at\": 1", "\"created_at\": 2");
    assert_ne!(raised, whole);
    refused_because(&raised, "changed after it was signed");
    refused_because("{", "cannot be read");
    // What was signed, and other bytes under its name: half of them, then one letter changed.
    let arrives = |bytes: &[u8]| fs::write(cluster.path("kb").join(&name), bytes).unwrap();
    arrives(&pack[..pack.len() / 2]);
    refused_because(&next, "bytes that were signed");
    arrives(&[&pack[..pack.len() - 1], &[pack[pack.len() - 1] ^ 1]].concat());
    refused_because(&next, "its sha256 is");
    arrives(&pack);
    fs::write(&manifest, format!("{next}\n")).unwrap();
    cluster.wait_for_version(1, newer);
    let answer = ask(address, &key, QUESTION).answer.unwrap();
    assert!(answer.contains("from 2 pounds"), "{answer}");
    // The old one again, as somebody would replay it.
    fs::write(&manifest, &whole).unwrap();
    wait("the log says that it is older", || {
        fs::read_to_string(&log).unwrap().contains("is older than version")
    });
    cluster.wait_for_version(1, newer);
}
