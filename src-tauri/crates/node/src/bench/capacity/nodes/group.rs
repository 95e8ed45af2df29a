//! Some nodes with a share of the cores each, and the balancer in front of them.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use tempfile::TempDir;

use super::super::broken;
use super::super::program::{Program, Shared};
use super::super::visitor::Door;
use super::front::Balancer;
use crate::exit::Failure;
use crate::open::Place;

/// Nodes behind a balancer. Dropping it ends them.
pub(super) struct Group {
    // Ended first: what it would say of nodes that go is nobody's business.
    _balancer: Balancer,
    nodes: Vec<Program>,
    door: Door,
    cores_each: f64,
    _folder: TempDir,
}

impl Group {
    /// Starts so many nodes; together they have the cores that one alone would have.
    pub(super) fn start(
        place: &Place,
        count: usize,
        cores: usize,
        writes: bool,
    ) -> Result<Self, Failure> {
        let folder = tempfile::tempdir_in(&place.data).map_err(broken)?;
        let front = free_address()?;
        let addresses = (0..count).map(|_| free_address()).collect::<Result<Vec<_>, _>>()?;
        let mut nodes = Vec::new();
        for (number, address) in addresses.iter().enumerate() {
            let shared = Shared {
                listen: *address,
                host: front.to_string(),
                keys: folder.path().join("keys"),
                cores: own_cores(number, count, cores),
                writes,
            };
            let data = folder.path().join(format!("node{number}"));
            nodes.push(Program::start_shared(place, &data, &shared)?);
        }
        for node in &nodes {
            node.rest()?;
        }
        let run: &Path = folder.path();
        let balancer = Balancer::start(front, &addresses, run)?;
        let key = visitors_key(&folder.path().join("keys"))?;
        let door = Door::new(&format!("http://{front}"), &key);
        let cores_each = cores as f64 / count as f64;
        Ok(Self { _balancer: balancer, nodes, door, cores_each, _folder: folder })
    }

    /// The first node, past the balancer.
    pub(super) fn first(&self) -> &Program {
        &self.nodes[0]
    }

    /// Where visitors ask.
    pub(super) fn door(&self) -> &Door {
        &self.door
    }

    /// Cores of one node.
    pub(super) fn cores_each(&self) -> f64 {
        self.cores_each
    }

    /// Waits for a while until nothing goes on.
    pub(super) fn rest(&self) -> Result<(), Failure> {
        self.nodes.iter().try_for_each(Program::rest)
    }
}

/// The cores of one node: an even share, or one together with others where there are more nodes.
fn own_cores(number: usize, count: usize, cores: usize) -> Vec<usize> {
    if count >= cores {
        return vec![number % cores];
    }
    let each = cores / count;
    (number * each..(number + 1) * each).collect()
}

fn free_address() -> Result<SocketAddr, Failure> {
    TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).map_err(broken)
}

fn visitors_key(path: &Path) -> Result<String, Failure> {
    let keys = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let key = keys.lines().find_map(|line| line.strip_prefix("visitor "));
    key.map(|key| key.trim().to_owned()).ok_or_else(|| broken("the nodes made no keys"))
}

#[cfg(test)]
mod tests {
    use super::own_cores;

    #[test]
    fn all_nodes_together_have_the_cores_that_one_would_have() {
        let check = |count: usize, cores: usize, expected: &[&[usize]]| {
            let found: Vec<Vec<usize>> =
                (0..count).map(|number| own_cores(number, count, cores)).collect();
            assert_eq!(found, expected, "{count} nodes on {cores} cores");
        };
        check(1, 2, &[&[0, 1]]);
        check(2, 2, &[&[0], &[1]]);
        check(4, 2, &[&[0], &[1], &[0], &[1]]);
        check(2, 8, &[&[0, 1, 2, 3], &[4, 5, 6, 7]]);
        check(1, 1, &[&[0]]);
    }
}
