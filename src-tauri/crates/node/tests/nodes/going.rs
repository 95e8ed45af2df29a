//! Nodes go and come, and visitors do not notice.

use std::time::Duration;

use crate::balancer::{Balancer, Kind};
use crate::cluster::{Cluster, wait};
use crate::turn;
use crate::visitors::{Came, Crowd};

const QUESTION: &str = "Is there parking at the shop?";
const VISITORS: usize = 6;

fn check_nobody_lost(what: &str, came: &[Came]) {
    let lost: Vec<&Came> = came.iter().filter(|one| one.is_lost()).collect();
    assert!(came.len() > 30, "{what}: only {} asked", came.len());
    assert!(lost.is_empty(), "{what}: {} of {} lost, as {:?}", lost.len(), came.len(), lost[0]);
    let refused = came.iter().filter(|one| one.status != 200).count();
    assert_eq!(refused, 0, "{what}: refused");
}

#[test]
fn a_node_that_is_killed_loses_no_question_of_which_no_word_was_out() {
    let Some(_turn) = turn() else { return };
    for kind in Kind::ALL {
        let mut cluster = Cluster::start(2);
        let Some(balancer) = Balancer::start(kind, &cluster) else { continue };
        let crowd = Crowd::start(balancer.address, &cluster.visitors_key(), VISITORS, QUESTION);
        wait("some are answered", || crowd.answered() > 20);
        cluster.kill(1);
        let so_far = crowd.answered();
        wait("the other node goes on", || crowd.answered() > so_far + 60);
        // Back on the same folder: a journal that a killed program left is no obstacle.
        cluster.start_node(1);
        cluster.wait_until_ready(1);
        balancer.wait_until_seen(1);
        cluster.kill(2);
        let so_far = crowd.answered();
        wait("the first node takes over", || crowd.answered() > so_far + 60);
        let came = crowd.end();
        check_nobody_lost(&format!("{kind:?}"), &came);
        let cut_short = came.iter().filter(|one| one.answer.is_none()).count();
        assert!(cut_short <= 2 * VISITORS, "{kind:?}: {cut_short} answers were cut short");
    }
}

#[test]
fn nodes_are_restarted_one_after_the_other_and_every_question_is_answered() {
    let Some(_turn) = turn() else { return };
    for (kind, count) in [(Kind::HaProxy, 2), (Kind::HaProxy, 4), (Kind::Nginx, 2)] {
        let mut cluster = Cluster::start(count);
        let Some(balancer) = Balancer::start(kind, &cluster) else { continue };
        let crowd = Crowd::start(balancer.address, &cluster.visitors_key(), VISITORS, QUESTION);
        for number in 1..=count {
            // Drained: it says that it is about to end, and answers until nobody comes.
            cluster.stop(number);
            cluster.start_node(number);
            cluster.wait_until_ready(number);
            balancer.wait_until_seen(number);
        }
        let came = crowd.end();
        check_nobody_lost(&format!("{kind:?}, {count} nodes"), &came);
        let unanswered = came.iter().filter(|one| one.answer.is_none()).count();
        assert_eq!(unanswered, 0, "{kind:?}, {count} nodes: of {}", came.len());
    }
}

#[test]
fn a_node_that_was_drained_by_hand_is_not_missed() {
    let Some(_turn) = turn() else { return };
    let mut cluster = Cluster::start(2);
    let Some(balancer) = Balancer::start(Kind::HaProxy, &cluster) else { return };
    let crowd = Crowd::start(balancer.address, &cluster.visitors_key(), VISITORS, QUESTION);
    wait("some are answered", || crowd.answered() > 20);
    balancer.tell("set server nodes/n1 state drain");
    // What is under way there ends.
    std::thread::sleep(Duration::from_secs(1));
    cluster.kill(1);
    let so_far = crowd.answered();
    wait("the other node goes on", || crowd.answered() > so_far + 60);
    cluster.start_node(1);
    cluster.wait_until_ready(1);
    balancer.tell("set server nodes/n1 state ready");
    balancer.wait_until_seen(1);
    cluster.stop(2);
    let so_far = crowd.answered();
    wait("the first node goes on", || crowd.answered() > so_far + 60);
    let came = crowd.end();
    check_nobody_lost("drained by hand", &came);
    let unanswered = came.iter().filter(|one| one.answer.is_none()).count();
    assert_eq!(unanswered, 0, "of {}", came.len());
}
