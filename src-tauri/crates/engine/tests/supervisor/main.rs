//! The supervisor against real processes.
//!
//! This executable plays both parts: started with `--model` it is the [`fake`] child, otherwise it
//! runs the tests one by one, because several of them look at all processes of this one.

#![expect(clippy::print_stdout, reason = "a test harness reports on stdout")]
#![expect(clippy::unwrap_used, reason = "a failing test should stop there")]

mod desk;
mod failing;
mod fake;
#[cfg(target_os = "linux")]
mod killing;
mod standing_down;
mod working;

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::Instant;

/// A test and its name.
type Test = (&'static str, fn());

/// Options of the usual harness that come with a value.
const WITH_VALUE: &[&str] = &["--test-threads", "--format", "--color", "--skip", "-Z"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--model") {
        return fake::live(arguments[at + 1].as_ref(), &arguments);
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
    let mut all = [working::TESTS, failing::TESTS, standing_down::TESTS].concat();
    #[cfg(target_os = "linux")]
    all.extend_from_slice(killing::TESTS);
    all.retain(|(name, _)| wanted(name));
    all
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
