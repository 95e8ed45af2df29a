//! `cargo xtask bench NAME`: measurements, each written to a file.

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// Name, what is measured, and the function that measures it.
type Bench = (&'static str, &'static str, fn(&Workspace, &[String]) -> Result<()>);

const BENCHES: &[Bench] = &[];

/// The command: one benchmark by name.
pub fn command(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let name = arguments.first().map_or("", String::as_str);
    let Some((_, _, run)) = BENCHES.iter().find(|(known, ..)| *known == name) else {
        let known: Vec<String> =
            BENCHES.iter().map(|(name, about, _)| format!("\n  {name:<12} {about}")).collect();
        let known = if known.is_empty() { " none".into() } else { known.concat() };
        bail!("unknown benchmark `{name}`; known are:{known}");
    };
    run(workspace, &arguments[1..])
}
