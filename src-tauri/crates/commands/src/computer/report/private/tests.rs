//! What stays in a line, and what goes.

use super::*;

#[track_caller]
fn check(line: &str, expected: &str) {
    let private = Private::new(
        vec!["annas-own-model".into()],
        vec!["anna".into(), "a".into(), "anna.smith".into()],
        Some("TILL-3".into()),
    );
    assert_eq!(private.take_out(line), expected);
}

#[test]
fn a_line_without_names_stays() {
    for line in [
        "Processor  Intel(R) Core(TM) i7, 8 cores, avx2 fma",
        "Model      all-minilm-l6-v2 (embedding, 25 MB, Apache-2.0): ready",
        "Copy all-MiniLM-L6-v2.q8_0.gguf into the folder `models`.",
        "yes and/or no, 1/2 of it, at 10:30, hannah",
        "",
    ] {
        check(line, line);
    }
}

#[test]
fn paths_go_as_a_whole() {
    check("cannot read /home/anna/x.gguf: denied", "cannot read (a path): denied");
    check("cannot read \"/srv/My Shop/kb.db\" now", "cannot read \"(a path)\" now");
    check("/media/Anna Smith/My Model.gguf has 15 bytes", "(a path) has 15 bytes");
    check(r"C:\Users\Anna Smith\desk: broken", "(a path): broken");
    check(r"\\till-3\share\x: gone", "(a path): gone");
    check("see ~/desk and file:///home/anna/x", "see (a path)");
    check("fetched from https://host.example/a?b=c", "fetched from (a path)");
    check("Data       /tmp/desk: 3 documents", "Data       (a path): 3 documents");
    check("(in /opt/x)", "(in (a path))");
}

#[test]
fn names_of_people_computers_and_own_files_go() {
    check("started by anna on till-3", "started by (user) on (computer)");
    check("Anna.Smith's computer", "(user)'s computer");
    check("a hannah, an annalist, ANNA", "a hannah, an annalist, (user)");
    check("the model annas-own-model is missing", "the model (own model) is missing");
    check("Copy grandma.gguf into", "Copy (a file) into");
    check("übeŕ anna ü", "übeŕ (user) ü");
}
