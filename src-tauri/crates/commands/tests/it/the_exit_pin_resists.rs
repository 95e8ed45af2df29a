//! The exit PIN resists a day of patience. How a day is counted, with every switch, kill and clock
//! in between, is tested in the crate `access`, where the seconds can be held still.

use std::path::Path;
use std::sync::Arc;

use commands::wire::{
    AccessCommand, AccessReply, AccessView, ApiError, Code, KioskChange, KioskCommand,
    StaffCommand, StaffReply, UnlockView, VisitorCommand, VisitorReply,
};
use commands::{Core, EngineChoice, NoHost, OpenOptions, Session};
use hardware::Machine;

const PIN: &str = "864209317542";
const WRONG: &str = "975313864209";

/// A desk on a computer with little memory: its hashes take a tenth of the time.
fn open(folder: &Path) -> Arc<Core> {
    Core::open(OpenOptions {
        data: folder.join("desk"),
        engine: EngineChoice::Given { chat: None, embedder: None },
        sample: false,
        machine: Some(Machine { memory_bytes: 2 << 30, ..Machine::default() }),
        host: Arc::new(NoHost),
    })
    .unwrap()
}

fn access(core: &Core, command: AccessCommand) -> Result<AccessReply, ApiError> {
    match core.manage(&Session::staff("test"), StaffCommand::Access(command))? {
        StaffReply::Access(reply) => Ok(*reply),
        other => panic!("{other:?}"),
    }
}

fn state(core: &Core) -> AccessView {
    match access(core, AccessCommand::State).unwrap() {
        AccessReply::State(view) => view,
        other => panic!("{other:?}"),
    }
}

/// Sets a PIN; hands back the recovery code where one was made.
fn set_pin(core: &Core, pin: &str, old: Option<&str>) -> Option<String> {
    let command = AccessCommand::SetPin { pin: pin.into(), old: old.map(Into::into) };
    match access(core, command).unwrap() {
        AccessReply::Saved { recovery_code } => recovery_code.map(|code| code.text().to_owned()),
        other => panic!("{other:?}"),
    }
}

fn unlock_as(core: &Core, session: &Session, pin: &str) -> Result<UnlockView, ApiError> {
    match core.visit(session, VisitorCommand::Unlock { pin: pin.into() }, &mut |_| {})? {
        VisitorReply::Unlock(view) => Ok(view),
        other => panic!("{other:?}"),
    }
}

fn unlock(core: &Core, pin: &str) -> UnlockView {
    unlock_as(core, &Session::screen("kiosk"), pin).unwrap()
}

#[test]
fn the_exit_pin_resists_five_wrong_tries_and_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path());
    assert!(set_pin(&core, PIN, None).is_some() && core.has_pin().unwrap());
    for tries_left in [4, 3, 2, 1] {
        let wrong = UnlockView { unlocked: false, tries_left, wait_s: 0 };
        assert_eq!(unlock(&core, WRONG), wrong);
    }
    assert_eq!(unlock(&core, ""), UnlockView { unlocked: false, tries_left: 1, wait_s: 0 });
    let fifth = unlock(&core, WRONG);
    assert!(!fifth.unlocked && fifth.tries_left == 0 && fifth.wait_s > 50, "{fifth:?}");
    assert!(!unlock(&core, PIN).unlocked, "not even the right one");
    let refused = access(&core, AccessCommand::Check { pin: PIN.into() }).unwrap();
    assert!(matches!(refused, AccessReply::Tried(view) if !view.unlocked), "from staff neither");
    drop(core);

    let core = open(folder.path());
    let after = unlock(&core, PIN);
    assert!(!after.unlocked && after.wait_s > 30, "{after:?}");
    assert_eq!(state(&core).wait_s, after.wait_s);
}

#[test]
fn the_exit_pin_resists_everybody_who_is_not_at_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path());
    set_pin(&core, PIN, None);
    for session in
        [Session::visitor("kiosk"), Session::visitor("http visitor"), Session::staff("x")]
    {
        for pin in [PIN, WRONG, ""] {
            assert_eq!(unlock_as(&core, &session, pin).unwrap_err().code, Code::Forbidden);
        }
    }
    assert_eq!(state(&core).tries_left, 5, "nothing of it was a try");
    assert!(unlock(&core, PIN).unlocked);
}

#[test]
fn the_exit_pin_resists_a_look_into_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path());
    let code = set_pin(&core, PIN, None).unwrap();
    assert!(!unlock(&core, WRONG).unlocked);
    assert!(unlock(&core, &code).unlocked);
    let second = set_pin(&core, "730518264973", None).unwrap();
    let secrets = [PIN, WRONG, "730518264973", &code, &second];
    look_for(&folder.path().join("desk"), &secrets);
    drop(core);
    // Once more without the journal, as a desk lies on the disk when it is closed.
    look_for(&folder.path().join("desk"), &secrets);
}

/// Fails when a file holds one of these, or when none holds a hash.
fn look_for(folder: &Path, secrets: &[&str]) {
    let mut hashes = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let holds = |wanted: &str| bytes.windows(wanted.len()).any(|it| it == wanted.as_bytes());
        for secret in secrets {
            let plain = secret.replace('-', "");
            assert!(!holds(secret) && !holds(&plain), "{secret} in {}", path.display());
        }
        hashes += usize::from(holds("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
    assert!(hashes > 0, "the hash of the PIN is where it was looked for");
}

#[test]
fn a_pin_everybody_tries_first_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path());
    assert!(!core.has_pin().unwrap(), "there is no PIN to begin with");
    assert_eq!(
        unlock_as(&core, &Session::screen("kiosk"), "000000").unwrap_err().code,
        Code::Unavailable
    );
    for pin in ["", "12345", "000000", "123456", "987654", "121212", "12345a", "1234567890123"] {
        let command = AccessCommand::SetPin { pin: pin.into(), old: None };
        let error = access(&core, command).unwrap_err();
        assert_eq!(error.code, Code::Invalid, "{pin}");
        assert!(pin.is_empty() || !format!("{error:?}").contains(pin), "{error:?}");
        assert!(error.hint.is_some());
    }
    assert!(!core.has_pin().unwrap());
}

#[test]
fn a_desk_whose_pin_is_gone_does_not_begin_with_a_screen_that_nobody_can_leave() {
    let folder = tempfile::tempdir().unwrap();
    // Asked before a desk is opened; one that is open belongs to its program alone.
    let begins_after = |core: Arc<Core>| {
        drop(core);
        commands::starts_in_kiosk(&folder.path().join("desk"))
    };
    let core = open(folder.path());
    let pin = set_pin(&core, PIN, None);
    let wish = KioskChange { start_in_kiosk: Some(true), ..KioskChange::default() };
    let wish = StaffCommand::Kiosk(KioskCommand::Change(wish));
    core.manage(&Session::staff("test"), wish).unwrap();
    assert!(pin.is_some() && begins_after(core));
    let core = open(folder.path());
    assert!(core.forget_pin().unwrap());
    assert!(!begins_after(core), "the wish stays, but waits for a PIN");
    let core = open(folder.path());
    set_pin(&core, "730518", None);
    assert!(begins_after(core));
}

#[test]
fn a_forgotten_pin_is_replaced_with_the_recovery_code() {
    let folder = tempfile::tempdir().unwrap();
    let core = open(folder.path());
    let code = set_pin(&core, PIN, None).unwrap();
    assert!(unlock(&core, &code.to_lowercase()).unlocked);
    assert!(state(&core).must_set_pin && !state(&core).has_recovery_code);
    assert!(!unlock(&core, &code).unlocked, "only once");
    drop(core);
    let core = open(folder.path());
    assert!(state(&core).must_set_pin, "until it is done");
    assert!(set_pin(&core, "730518", None).is_some());
    assert!(!state(&core).must_set_pin && unlock(&core, "730518").unlocked);
    assert!(core.forget_pin().unwrap() && !core.has_pin().unwrap());
}
