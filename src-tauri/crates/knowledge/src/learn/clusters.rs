//! Puts wordings that ask the same together. Pure: rows in, changes out.
//!
//! A wording joins a cluster when its meaning is near the cluster's middle and its words agree with
//! most of what is there; where a vector is missing, the words must agree more. What was placed by
//! words alone is placed again once its vector is there.

use store::{ClusterChange, GapClusterRow, GapStatus};

use super::likeness::{Overlap, Reading};

/// Calibrated closeness to a cluster's middle, where the words agree: 1 is what texts that say the
/// same have. With MiniLM, rewordings of 12 questions came to .79 to 1.35; other questions about the
/// same thing ("Do you sell drones?", "Can I fly a drone?") to .63 to 1.08.
const NEAR: f32 = 0.8;
/// The same where only the topic is shared and each side says more.
const VERY_NEAR: f32 = 0.95;
/// The share of words by weight that a shared topic must make at least.
const TOPIC: f32 = 0.3;
/// Mean share of words by weight, where meaning is near too.
const SHARED: f32 = 0.5;
/// The smaller share of both: one question inside a longer one is not the same question.
const LEAST: f32 = 0.3;
/// The same where there is no meaning to go by.
const SHARED_ALONE: f32 = 0.65;
const LEAST_ALONE: f32 = 0.5;
/// Of a large cluster, so many wordings are compared.
const COMPARED: usize = 12;

/// One wording.
pub(super) struct Item {
    pub(super) id: i64,
    pub(super) question: String,
    pub(super) cluster: Option<i64>,
    pub(super) count: i64,
    /// Placed by meaning.
    pub(super) by_meaning: bool,
    /// It was asked in vain, not only asked back.
    pub(super) in_vain: bool,
    pub(super) vector: Option<Vec<f32>>,
    pub(super) reading: Reading,
}

struct Group {
    id: Option<i64>,
    is_open: bool,
    members: Vec<usize>,
    /// Something joined or left.
    is_touched: bool,
    /// A wording joined that was asked in vain.
    reopen: bool,
}

/// What has to change so that every wording is where it belongs.
///
/// `closeness` turns a cosine into a number that means the same for every embedder.
pub(super) fn arrange(
    items: &[Item],
    clusters: &[GapClusterRow],
    closeness: &dyn Fn(f32) -> f32,
) -> Vec<ClusterChange> {
    let mut groups: Vec<Group> = clusters
        .iter()
        .map(|row| Group {
            id: Some(row.id),
            is_open: row.status == GapStatus::Open,
            members: Vec::new(),
            is_touched: false,
            reopen: false,
        })
        .collect();
    let mut loose = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let group = groups.iter_mut().find(|group| group.id.is_some() && group.id == item.cluster);
        match group {
            Some(group) if group.is_open && item.vector.is_some() && !item.by_meaning => {
                group.is_touched = true;
                loose.push(at);
            }
            Some(group) => group.members.push(at),
            None => loose.push(at),
        }
    }
    for at in loose {
        place(at, items, &mut groups, closeness);
    }
    join_alike(items, &mut groups, closeness);
    groups
        .iter()
        .filter(|group| group.is_touched && !group.members.is_empty())
        .map(|group| ClusterChange {
            id: group.id,
            label: label(items, &group.members),
            members: group
                .members
                .iter()
                .map(|at| (items[*at].id, items[*at].vector.is_some()))
                .collect(),
            reopen: group.reopen,
        })
        .collect()
}

fn place(at: usize, items: &[Item], groups: &mut Vec<Group>, closeness: &dyn Fn(f32) -> f32) {
    let item = &items[at];
    let mut best: Option<(f32, usize)> = None;
    for (number, group) in groups.iter().enumerate() {
        if let Some(fit) = fit(item, items, &group.members, closeness)
            && best.is_none_or(|(most, _)| fit > most)
        {
            best = Some((fit, number));
        }
    }
    let number = match best {
        Some((_, number)) => number,
        None => {
            // Its own old cluster, where nothing else is left in it.
            let own = |group: &Group| group.members.is_empty() && group.id == item.cluster;
            groups.iter().position(|group| group.id.is_some() && own(group)).unwrap_or_else(|| {
                groups.push(Group {
                    id: None,
                    is_open: true,
                    members: Vec::new(),
                    is_touched: true,
                    reopen: false,
                });
                groups.len() - 1
            })
        }
    };
    let group = &mut groups[number];
    group.reopen |= item.in_vain && item.cluster != group.id;
    group.is_touched = true;
    group.members.push(at);
}

/// How well a wording fits to others; `None` where it asks something else.
fn fit(
    item: &Item,
    items: &[Item],
    members: &[usize],
    closeness: &dyn Fn(f32) -> f32,
) -> Option<f32> {
    let compared = &members[..members.len().min(COMPARED)];
    let middle = middle(items, compared);
    let near = match (&item.vector, &middle) {
        (Some(vector), Some(middle)) => Some(closeness(dot(vector, middle))),
        _ => None,
    };
    let agrees = |overlap: &Overlap| match near {
        Some(near) if overlap.has_more => {
            near >= VERY_NEAR && overlap.shares_the_topic && overlap.mean >= TOPIC
        }
        Some(near) => near >= NEAR && overlap.mean >= SHARED && overlap.least >= LEAST,
        None => overlap.mean >= SHARED_ALONE && overlap.least >= LEAST_ALONE,
    };
    let mut agreeing = 0;
    let mut shared = 0.0;
    for member in compared {
        let overlap = item.reading.overlap(&items[*member].reading);
        if overlap.differs {
            return None;
        }
        agreeing += usize::from(agrees(&overlap));
        shared += overlap.mean;
    }
    let is_one = !compared.is_empty() && agreeing * 2 >= compared.len();
    is_one.then(|| near.unwrap_or(0.0) + shared / compared.len() as f32)
}

/// Clusters that came to mean the same become one; the older one keeps its number.
fn join_alike(items: &[Item], groups: &mut [Group], closeness: &dyn Fn(f32) -> f32) {
    for later in 1..groups.len() {
        for earlier in 0..later {
            let (left, right) = (&groups[earlier], &groups[later]);
            let may = (left.is_touched || right.is_touched) && right.is_open && left.is_open;
            if !may || left.members.is_empty() || right.members.is_empty() {
                continue;
            }
            let all_fit = |members: &[usize], others: &[usize]| {
                members.iter().all(|at| fit(&items[*at], items, others, closeness).is_some())
            };
            if all_fit(&right.members, &left.members) && all_fit(&left.members, &right.members) {
                let moved = std::mem::take(&mut groups[later].members);
                groups[earlier].members.extend(moved);
                groups[earlier].is_touched = true;
            }
        }
    }
}

/// The mean direction of those that have one.
fn middle(items: &[Item], members: &[usize]) -> Option<Vec<f32>> {
    let mut vectors = members.iter().filter_map(|at| items[*at].vector.as_deref());
    let mut sum = vectors.next()?.to_vec();
    let width = sum.len();
    for vector in vectors.filter(|vector| vector.len() == width) {
        sum.iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
    }
    let length = dot(&sum, &sum).sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|number| *number /= length);
    }
    Some(sum)
}

/// The wording that is most like the others; of equals the one asked most, then the shorter one.
fn label(items: &[Item], members: &[usize]) -> String {
    let middle = middle(items, members);
    let typical = |at: usize| {
        let item = &items[at];
        match (&item.vector, &middle) {
            (Some(vector), Some(middle)) => dot(vector, middle),
            _ => {
                let shared =
                    members.iter().map(|other| item.reading.overlap(&items[*other].reading).mean);
                shared.sum::<f32>() / members.len() as f32
            }
        }
    };
    let best = members.iter().copied().max_by(|a, b| {
        let round = |at: usize| (typical(at) * 20.0).round();
        let length = |at: usize| std::cmp::Reverse(items[at].question.chars().count());
        round(*a)
            .total_cmp(&round(*b))
            .then(items[*a].count.cmp(&items[*b].count))
            .then(length(*a).cmp(&length(*b)))
    });
    best.map_or(String::new(), |at| items[at].question.clone())
}

fn dot(left: &[f32], right: &[f32]) -> f32 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests;
