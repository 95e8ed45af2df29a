//! What keeps the visitors' screen locked on this computer, read from files and never asked of
//! another program.

mod linux;

use crate::wire::{LockCheckId, LockCheckView, LockState};

/// What was found; a test writes it down instead.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// A PIN is set.
    pub(super) has_pin: bool,
    /// The program starts with the visitors' screen.
    pub(super) starts_in_kiosk: bool,
    /// What the operating system says; nothing where it cannot be read from here.
    pub(super) system: Option<System>,
}

/// What the operating system says.
#[derive(Clone, Debug, Default)]
pub(super) struct System {
    /// A service that starts the screen, and whether it always starts it again.
    pub(super) service: Option<Service>,
    /// Somebody's session starts the screen.
    pub(super) autostart: bool,
    /// The programs above this one, the nearest first, with their arguments.
    pub(super) above: Vec<Vec<String>>,
    /// Terminals cannot be changed by keyboard: the server of the screen is set so.
    pub(super) no_other_terminals: bool,
    /// The account may act for the administrator, or is the administrator.
    pub(super) mighty_account: Option<bool>,
}

/// A service that starts the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Service {
    /// It starts with the computer.
    pub(super) enabled: bool,
    /// It is started again whenever it ends.
    pub(super) always_again: bool,
}

impl Seen {
    /// Looks at this computer.
    pub(super) fn here(has_pin: bool, starts_in_kiosk: bool) -> Self {
        let system = cfg!(target_os = "linux").then(|| linux::look(std::path::Path::new("/")));
        Self { has_pin, starts_in_kiosk, system }
    }
}

/// Programs that show one program and nothing else.
const KIOSK_COMPOSITORS: [&str; 3] = ["cage", "gnome-kiosk", "ubuntu-frame"];

/// One row per thing that keeps the screen locked.
pub(super) fn checks(seen: &Seen) -> Vec<LockCheckView> {
    vec![pin(seen), starts(seen), comes_back(seen), alone(seen), terminals(seen), account(seen)]
}

fn pin(seen: &Seen) -> LockCheckView {
    let yes = "the screen can be left with the PIN";
    let no = "no PIN is set, so the screen cannot be started from here";
    row(LockCheckId::Pin, Some(seen.has_pin), yes, no, "Set a PIN on this page.")
}

fn starts(seen: &Seen) -> LockCheckView {
    let service = seen.system.as_ref().and_then(|system| system.service);
    let by_system = seen.system.as_ref().is_some_and(|system| system.autostart)
        || service.is_some_and(|service| service.enabled);
    let found = match (by_system, &seen.system) {
        (true, _) => Some(true),
        (false, Some(_)) => Some(false),
        (false, None) => None,
    };
    let no = match seen.starts_in_kiosk {
        true => "the program begins with the screen, but nothing starts the program",
        false => "nothing starts the screen when the computer starts",
    };
    let hint = "Write the files and follow the steps in README.txt.";
    row(LockCheckId::Starts, found, "it comes when the computer starts", no, hint)
}

fn comes_back(seen: &Seen) -> LockCheckView {
    let service = seen.system.as_ref().map(|system| system.service);
    let found = service.map(|one| one.is_some_and(|one| one.enabled && one.always_again));
    let yes = "a service starts the whole screen again whenever it ends";
    let no = "the program comes back after a crash, a crash of the whole session does not";
    row(LockCheckId::ComesBack, found, yes, no, "Use the service among the written files.")
}

fn alone(seen: &Seen) -> LockCheckView {
    let found = seen.system.as_ref().map(|system| compositor(system).is_some());
    let yes = "only this program has a place on the screen";
    let no = "this is an ordinary desktop: its own keys can bring other windows to the front";
    row(
        LockCheckId::Alone,
        found,
        yes,
        no,
        "Use the service among the written files; it runs cage.",
    )
}

fn terminals(seen: &Seen) -> LockCheckView {
    let found = seen.system.as_ref().map(|system| {
        // Cage lets the keyboard change terminals only where it is told to with -s.
        let cage = compositor(system);
        let closed = cage.is_some_and(|arguments| !arguments.iter().any(|one| one == "-s"));
        closed || system.no_other_terminals
    });
    let yes = "the keyboard reaches no other terminal";
    let no = "Ctrl+Alt+F2 and the like can reach a terminal";
    row(
        LockCheckId::Terminals,
        found,
        yes,
        no,
        "Use the service among the written files; cage runs without -s.",
    )
}

fn account(seen: &Seen) -> LockCheckView {
    let mighty = seen.system.as_ref().and_then(|system| system.mighty_account);
    let yes = "the account of this session may change nothing of the computer";
    let no = "the account of this session may act for the administrator";
    let hint = "Show the screen from an account of its own; the written files make one.";
    row(LockCheckId::Account, mighty.map(|mighty| !mighty), yes, no, hint)
}

fn compositor(system: &System) -> Option<&[String]> {
    system.above.iter().map(Vec::as_slice).find(|arguments| {
        let name = arguments.first().and_then(|program| program.rsplit('/').next());
        name.is_some_and(|name| KIOSK_COMPOSITORS.contains(&name))
    })
}

fn row(id: LockCheckId, found: Option<bool>, yes: &str, no: &str, hint: &str) -> LockCheckView {
    let (state, message, hint) = match found {
        Some(true) => (LockState::InForce, yes, ""),
        Some(false) => (LockState::NotInForce, no, hint),
        None => (LockState::Unknown, "this cannot be seen from inside the program", hint),
    };
    LockCheckView { id, state, message: message.into(), hint: hint.into() }
}

#[cfg(test)]
mod tests;
