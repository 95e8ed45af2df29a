//! Runs the chosen tests one by one and reports like the usual harness.

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

use crate::{jailer, prisoner};

/// A test and its name.
pub(crate) type Test = (&'static str, fn());

/// Options of the usual harness that come with a value.
const WITH_VALUE: &[&str] = &["--test-threads", "--format", "--color", "--skip", "-Z"];

/// Plays a prisoner or runs the tests.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--act") {
        return prisoner::live(&arguments[at + 1], arguments[at + 2].as_ref());
    }
    let chosen = choose(&arguments);
    if arguments.iter().any(|argument| argument == "--list") {
        chosen.iter().for_each(|(name, _)| println!("{name}: test"));
        return ExitCode::SUCCESS;
    }
    run(&chosen)
}

fn choose(arguments: &[String]) -> Vec<Test> {
    let exact = arguments.iter().any(|argument| argument == "--exact");
    let mut filters = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if WITH_VALUE.contains(&argument.as_str()) {
            rest.next();
        } else if !argument.starts_with('-') {
            filters.push(argument.as_str());
        }
    }
    let wanted = |name: &str| {
        filters.is_empty()
            || filters
                .iter()
                .any(|filter| if exact { name == *filter } else { name.contains(filter) })
    };
    jailer::TESTS.iter().copied().filter(|(name, _)| wanted(name)).collect()
}

fn run(tests: &[Test]) -> ExitCode {
    let started = Instant::now();
    println!("\nrunning {} tests", tests.len());
    let mut failed = 0;
    for (name, test) in tests {
        let passed = catch_unwind(test).is_ok();
        println!("test {name} ... {}", if passed { "ok" } else { "FAILED" });
        failed += usize::from(!passed);
    }
    println!(
        "\ntest result: {}. {} passed; {failed} failed; 0 ignored; 0 measured; 0 filtered out; \
         finished in {:.2}s\n",
        if failed == 0 { "ok" } else { "FAILED" },
        tests.len() - failed,
        started.elapsed().as_secs_f32()
    );
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
