//! Wordings find their cluster, differences keep them apart.

use super::*;
use crate::index::Index;

fn item(id: i64, question: &str, vector: Option<Vec<f32>>) -> Item {
    Item {
        id,
        question: question.to_owned(),
        cluster: None,
        count: 1,
        by_meaning: false,
        in_vain: true,
        vector,
        reading: Reading::of(&Index::default(), question),
    }
}

fn near(angle: f32) -> Option<Vec<f32>> {
    Some(vec![angle.cos(), angle.sin()])
}

fn open(id: i64) -> GapClusterRow {
    GapClusterRow { id, ..GapClusterRow::default() }
}

fn members(changes: &[ClusterChange]) -> Vec<Vec<i64>> {
    changes.iter().map(|change| change.members.iter().map(|(id, _)| *id).collect()).collect()
}

#[test]
fn meaning_and_words_must_both_agree() {
    let questions = [
        item(1, "Do you mend umbrellas?", near(0.0)),
        item(2, "umbrella mending", near(0.3)),
        item(3, "Do you mend umbrellas quickly?", near(1.5)),
        item(4, "Where is the beach?", near(0.1)),
    ];
    let changes = arrange(&questions, &[], &|cosine| cosine);
    assert_eq!(members(&changes), [vec![1, 2], vec![3], vec![4]]);
    assert!(changes.iter().all(|change| change.id.is_none()));
}

#[test]
fn opposites_and_other_days_are_not_one_question() {
    let same = |id, question| item(id, question, near(0.0));
    let questions = [
        same(1, "Are you open on Sunday?"),
        same(2, "Are you open on Saturday?"),
        same(3, "open Sundays?"),
        same(4, "Do you ship to Norway?"),
        same(5, "Do you ship from Norway?"),
    ];
    let found = members(&arrange(&questions, &[], &|cosine| cosine));
    assert_eq!(found, [vec![1, 3], vec![2], vec![4], vec![5]]);
}

#[test]
fn words_alone_must_agree_more_and_are_looked_at_again() {
    let mut first = item(1, "Do you mend umbrellas?", None);
    let mut second = item(2, "umbrella mending", None);
    let changes = arrange(&[first, second], &[], &|cosine| cosine);
    assert_eq!(changes[0].members, [(1, false), (2, false)]);

    // Later their vectors are there, and say that they are two questions.
    first = item(1, "Do you mend umbrellas?", near(0.0));
    second = item(2, "umbrella mending", near(1.5));
    first.cluster = Some(7);
    second.cluster = Some(7);
    let changes = arrange(&[first, second], &[open(7)], &|cosine| cosine);
    assert_eq!(changes.len(), 2);
    assert_eq!((changes[0].id, &changes[0].members), (Some(7), &vec![(1, true)]));
    assert_eq!((changes[1].id, &changes[1].members), (None, &vec![(2, true)]));
}

#[test]
fn a_new_wording_opens_an_answered_cluster_again() {
    let mut first = item(1, "Do you mend umbrellas?", near(0.0));
    first.cluster = Some(7);
    first.by_meaning = true;
    let row = GapClusterRow { status: GapStatus::Answered, ..open(7) };
    let second = item(2, "umbrella mending", near(0.1));
    let changes = arrange(&[first, second], &[row], &|cosine| cosine);
    assert_eq!(changes.len(), 1);
    assert!(changes[0].reopen && changes[0].id == Some(7));
}

#[test]
fn the_label_is_the_most_typical_wording() {
    let questions = [
        item(1, "my umbrella is broken, do you mend umbrellas or not at all?", near(0.5)),
        item(2, "Do you mend umbrellas?", near(0.0)),
        item(3, "mending of umbrellas", near(0.1)),
    ];
    let items: Vec<usize> = vec![0, 1, 2];
    assert_eq!(label(&questions, &items), "mending of umbrellas");
}
