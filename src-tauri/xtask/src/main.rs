//! The project's own commands: set up, run, test, tidy, models, notices, bench, dist.
//!
//! Not part of the product, and it depends on none of our crates, so that it compiles in seconds
//! on a bare machine. Start with [`COMMANDS`]; each command is one module with one function
//! `command`, and each module says in its first lines what it does.

#![forbid(unsafe_code)]
#![allow(unreachable_pub, reason = "a program has no outside; `pub` means used by other modules")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is for a person")]

mod bench;
mod bindings;
mod bytes;
mod clients;
mod convert;
mod deny;
#[cfg(target_os = "linux")]
mod dist;
mod e5s1;
mod engine;
mod files;
mod gguf;
mod models;
mod notices;
mod peers;
mod process;
mod quantise;
mod run;
mod safetensors;
mod setup;
mod test;
mod tidy;
mod torture;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use workspace::Workspace;

/// Usage, what it does, and the function that does it.
type Command = (&'static str, &'static str, fn(&Workspace, &[String]) -> Result<()>);

const COMMANDS: &[Command] = &[
    ("setup", "install what is missing, bring the models, build everything", setup::command),
    ("run [--kiosk] [-- ARGS]", "set up, then the window, or `frontdesk-node ARGS`", run::command),
    (
        "test [STAGE...]",
        "set up, then all stages: fmt lint tidy deny unit ui models e2e nodes clients torture; or peers, which builds a server",
        test::command,
    ),
    ("models [OPTION]", "bring the models; --original or --compare FILE", models::command),
    ("engine vulkan [PROFILE]", "build the engine's part for graphics cards", engine::command),
    ("tidy", "check the rules of the house that a compiler does not know", tidy::command),
    (
        "bindings [--check]",
        "write the wire types for the pages, or compare them",
        bindings::command,
    ),
    ("notices [--check]", "write THIRD-PARTY.md, or compare it", notices::command),
    ("bench NAME [ARGS]", "measure", bench::command),
    ("torture [P1...] [--long]", "try to break the promises about data", torture::command),
    #[cfg(target_os = "linux")]
    ("dist [OPTION]", "make packages; `dist prove` tries them in a fresh Debian", dist::command),
];

/// Used wrongly, as in the headless contract.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", help());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some((_, _, command)) = COMMANDS.iter().find(|(usage, ..)| first_word(usage) == name)
    else {
        eprint!("xtask: there is no command `{name}`\n\n{}", help());
        return ExitCode::from(USAGE);
    };
    match Workspace::find().and_then(|workspace| command(&workspace, rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn first_word(usage: &str) -> &str {
    usage.split(' ').next().unwrap_or_default()
}

fn help() -> String {
    let mut text = String::from("usage: cargo xtask COMMAND\n\n");
    for (usage, about, _) in COMMANDS {
        text.push_str(&format!("  {usage:<24} {about}\n"));
    }
    text
}
