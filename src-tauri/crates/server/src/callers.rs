//! Who has been here: one line a computer and role, for the page that shows who is connected.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use commands::wire::Role;

/// Computers that are remembered; the one that was silent longest gives way.
const MOST: usize = 256;

/// A page asks for the desk's face every few seconds; who was silent for this long had gone.
const AWAY: Duration = Duration::from_secs(10 * 60);

/// Characters kept of what a program calls itself.
const LONGEST_AGENT: usize = 200;

/// One computer that asked with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallerView {
    /// Its address.
    pub address: IpAddr,
    /// What its key allows.
    pub role: Role,
    /// What its browser or program calls itself, as it says.
    pub agent: String,
    /// How long it is here: since its first request, or since the first after it was away.
    pub here: Duration,
    /// How long it has been silent.
    pub silent: Duration,
    /// How long ago it asked a question last; `None` when it did not.
    pub asked: Option<Duration>,
    /// Requests since the server began.
    pub requests: u64,
}

/// Everybody who asked with a key since the server began. Clones see the same.
#[derive(Clone, Default)]
pub struct Callers {
    seen: Arc<Mutex<BTreeMap<(IpAddr, bool), Seen>>>,
}

struct Seen {
    agent: String,
    first: Instant,
    last: Instant,
    asked: Option<Instant>,
    requests: u64,
}

impl Callers {
    /// Who asked within this time, the latest first.
    pub fn within(&self, time: Duration) -> Vec<CallerView> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // One moment for all, or their order would be that of the looking.
        let now = Instant::now();
        let since = |then: Instant| now.saturating_duration_since(then);
        let mut callers: Vec<_> = seen
            .iter()
            .map(|((address, is_staff), seen)| CallerView {
                address: *address,
                role: if *is_staff { Role::Staff } else { Role::Visitor },
                agent: seen.agent.clone(),
                here: since(seen.first),
                silent: since(seen.last),
                asked: seen.asked.map(since),
                requests: seen.requests,
            })
            .filter(|caller| caller.silent <= time)
            .collect();
        callers.sort_by_key(|caller| caller.silent);
        callers
    }

    pub(crate) fn note(&self, address: IpAddr, role: Role, agent: &str) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (address, role == Role::Staff);
        if !seen.contains_key(&key) && seen.len() >= MOST {
            let silent = seen.iter().min_by_key(|(_, seen)| seen.last).map(|(key, _)| *key);
            if let Some(silent) = silent {
                seen.remove(&silent);
            }
        }
        let agent: String = agent.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect();
        let now = Instant::now();
        let new = || Seen { agent: String::new(), first: now, last: now, asked: None, requests: 0 };
        let caller = seen.entry(key).or_insert_with(new);
        if caller.last.elapsed() > AWAY {
            caller.first = now;
            caller.asked = None;
        }
        caller.agent = agent;
        caller.last = now;
        caller.requests += 1;
    }

    /// A computer that is known asked a question.
    pub(crate) fn note_question(&self, address: IpAddr, role: Role) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(caller) = seen.get_mut(&(address, role == Role::Staff)) {
            caller.asked = Some(Instant::now());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_computer_is_one_line_for_each_role() {
        let callers = Callers::default();
        let [first, second] = ["192.168.1.4", "192.168.1.5"].map(|a| a.parse().unwrap());
        callers.note(first, Role::Visitor, "a tablet");
        callers.note(first, Role::Visitor, "a tablet\n");
        callers.note(second, Role::Staff, "");
        let seen = callers.within(Duration::from_secs(60));
        let told: Vec<_> = seen.iter().map(|one| (one.address, one.role, one.requests)).collect();
        assert_eq!(told, [(second, Role::Staff, 1), (first, Role::Visitor, 2)]);
        assert_eq!(seen[1].agent, "a tablet");
        assert_eq!(callers.within(Duration::ZERO), []);
    }

    #[test]
    fn a_question_is_noted_with_its_time_alone() {
        let callers = Callers::default();
        let [asking, silent] = ["192.168.1.4", "192.168.1.5"].map(|a| a.parse().unwrap());
        callers.note(asking, Role::Visitor, "a tablet");
        callers.note(silent, Role::Visitor, "a tablet");
        callers.note_question(asking, Role::Visitor);
        callers.note_question("192.168.1.6".parse().unwrap(), Role::Visitor);
        let seen = callers.within(Duration::from_secs(60));
        let asked: Vec<_> = seen.iter().map(|one| (one.address, one.asked.is_some())).collect();
        assert_eq!(asked, [(silent, false), (asking, true)]);
        assert!(seen.iter().all(|one| one.here >= one.silent));
    }

    #[test]
    fn a_crowd_pushes_out_who_was_silent_longest() {
        let callers = Callers::default();
        for number in 0..=MOST as u32 {
            callers.note(IpAddr::V4(number.into()), Role::Visitor, "");
        }
        let seen = callers.within(Duration::from_secs(60));
        assert_eq!(seen.len(), MOST);
        assert!(!seen.iter().any(|one| one.address == IpAddr::V4(0.into())));
    }
}
