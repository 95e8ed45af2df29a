//! The `frontdesk-node` program: the desk without a window.
//!
//! Scripts, IT staff and tests use it; what it accepts and prints is fixed by the headless
//! contract. It holds no logic of its own: every command here turns arguments into a call of
//! [`commands::Core`] and its reply into text, JSON or an exit status.
//!
//! Start with `arguments.rs`, then one file a command.

#![forbid(unsafe_code)]

mod arguments;
mod ask;
mod backup;
mod batch;
mod bench;
mod calibration;
mod collect;
mod doctor;
mod engines;
mod eval;
mod exit;
mod export;
mod faq;
mod gaps;
mod import;
mod models;
mod open;
mod order;
mod output;
mod pin;
mod plan;
mod publish;
mod search;
mod serve;
mod testbench;
mod versions;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use exit::Failure;
use output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // stdout belongs to answers; everything else goes to stderr.
    logs::start(if arguments.quiet { "off" } else { "warn" });
    let output = Output::new(arguments.json, arguments.quiet);
    match run(arguments, &output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.status)
        }
    }
}

fn run(arguments: Arguments, output: &Output) -> Result<(), Failure> {
    let place = open::Place::from(&arguments)?;
    match arguments.command {
        Command::Import(command) => import::run(&place, &command, output),
        Command::Ask(command) => ask::run(&place, &command, output),
        Command::Search(command) => search::run(&place, &command, output),
        Command::Eval(command) => eval::run(&place, &command, output),
        Command::Calibration => calibration::run(&place, output),
        Command::Gaps(command) => gaps::run(&place, &command, output),
        Command::Order(command) => order::run(&place, &command, output),
        Command::Test(command) => testbench::run(&place, &command, output),
        Command::Versions(command) => versions::run(&place, &command, output),
        Command::Publish(command) => publish::run(&place, &command, output),
        Command::Export(command) => export::run(&place, &command, output),
        Command::Collect(command) => collect::run(&place, &command, output),
        Command::Faq(command) => faq::run(&place, &command, output),
        Command::Doctor(command) => doctor::run(&place, &command, output),
        Command::Models(command) => models::run(&place, &command, output),
        Command::Engines(command) => engines::run(&place, &command, output),
        Command::Pin(command) => pin::run(&place, &command, output),
        Command::Plan(command) => plan::run(&place, &command, output),
        Command::Backup(command) => backup::make(&place, &command, output),
        Command::Verify(command) => backup::verify(&command, output),
        Command::Restore(command) => backup::restore(&place, &command, output),
        Command::Bench(command) => bench::run(&place, &command, output),
        Command::Serve(command) => serve::run(&place, &command, output),
    }
}
