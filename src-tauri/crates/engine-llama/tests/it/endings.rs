//! How the program ends: with stdin, with its parent, and with input that makes no sense.

use std::process::Command;
use std::time::Duration;

use engine::protocol::{FromChild, ToChild};

use crate::child::{
    CHAT_MODEL, EMBEDDING_MODEL, Running, ask_for_a_long_text, command, find_model,
};

const ONE_SECOND: Duration = Duration::from_secs(1);

/// Ends within a second: with its code, or without one if the step of the model it was in took
/// longer than its grace on a busy machine.
fn check_ends_busy(running: &mut Running, expected: i32) {
    let code = running.wait(ONE_SECOND).code();
    assert!(code == Some(expected) || code.is_none(), "{code:?}");
}

#[test]
fn the_end_of_stdin_ends_it_while_it_writes() {
    let Some((mut running, _)) = Running::serve(CHAT_MODEL, "chat", &[]) else { return };
    running.send(&ToChild::Generate(ask_for_a_long_text(1)));
    assert!(matches!(running.receive_result(), FromChild::Text { .. }));
    running.stdin = None;
    check_ends_busy(&mut running, 0);
}

#[test]
fn the_end_of_stdin_ends_it_while_it_reads_a_long_prompt() {
    let Some((mut running, _)) = Running::serve(CHAT_MODEL, "chat", &["--context", "8192"]) else {
        return;
    };
    let mut request = ask_for_a_long_text(1);
    request.messages[1].1 = "the lighthouse keeper ".repeat(1200);
    running.send(&ToChild::Generate(request));
    std::thread::sleep(Duration::from_millis(300));
    running.stdin = None;
    check_ends_busy(&mut running, 0);
}

#[test]
fn the_end_of_stdin_ends_it_while_it_embeds_and_while_it_waits() {
    let Some((mut running, _)) = Running::serve(EMBEDDING_MODEL, "embedding", &[]) else { return };
    let passage = "The return window is thirty days and shipping is free. ".repeat(12);
    running.send(&ToChild::Embed { id: 1, texts: vec![passage; 500] });
    std::thread::sleep(Duration::from_millis(100));
    running.stdin = None;
    check_ends_busy(&mut running, 0);

    let Some((mut running, _)) = Running::serve(EMBEDDING_MODEL, "embedding", &[]) else { return };
    running.stdin = None;
    assert_eq!(running.wait(ONE_SECOND).code(), Some(0));
}

#[test]
fn the_end_of_stdin_ends_it_while_it_loads() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let mut running = Running::start(command(&model, "chat", &[]));
    running.stdin = None;
    check_ends_busy(&mut running, 0);
}

/// The shell in between dies without a word, and stdin stays open.
#[cfg(target_os = "linux")]
#[test]
fn the_death_of_its_parent_ends_it() {
    let Some(model) = find_model(CHAT_MODEL) else { return };
    let engine = command(&model, "chat", &[]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "exec 3<&0; \"$@\" <&3 & wait", "sh"]);
    shell.arg(engine.get_program()).args(engine.get_args());
    let mut running = Running::start(shell);
    assert!(matches!(running.receive(), FromChild::Hello(_)));
    running.send(&ToChild::Generate(ask_for_a_long_text(1)));
    assert!(matches!(running.receive_result(), FromChild::Text { .. }));

    running.process.kill().unwrap();
    running.process.wait().unwrap();
    let started = std::time::Instant::now();
    while !running.has_nothing_more() {
        assert!(started.elapsed() < ONE_SECOND, "it goes on writing");
    }
    assert!(started.elapsed() < ONE_SECOND, "it ended after {:?}", started.elapsed());
    assert!(running.stdin.is_some());
}

fn check_malformed(bytes: &[u8], ends_stdin: bool) {
    let Some((mut running, _)) = Running::serve(EMBEDDING_MODEL, "embedding", &[]) else { return };
    running.send_bytes(bytes);
    if ends_stdin {
        running.stdin = None;
    }
    assert_eq!(running.wait(ONE_SECOND).code(), Some(2), "{bytes:?}");
}

#[test]
fn input_that_makes_no_sense_ends_it() {
    check_malformed(&[0xFF; 8], false);
    check_malformed(&[3, 0, 0, 0, 0x7F, 0x7F, 0x7F], false);
    check_malformed(b"\0\0\0\0", false);
    check_malformed(&[5, 0], true);
    check_malformed(&[5, 0, 0, 0, 1], true);
}

#[test]
fn input_that_makes_no_sense_ends_it_while_it_writes() {
    let Some((mut running, _)) = Running::serve(CHAT_MODEL, "chat", &[]) else { return };
    running.send(&ToChild::Generate(ask_for_a_long_text(1)));
    assert!(matches!(running.receive_result(), FromChild::Text { .. }));
    running.send_bytes(&[0xFF; 8]);
    check_ends_busy(&mut running, 2);
}
