//! `versions`: published versions of the knowledge, and the way back to one.

use commands::wire::{LearningCommand, LearningReply, VersionView};
use serde_json::json;

use crate::arguments::Versions;
use crate::exit::{Failure, REQUEST};
use crate::gaps::learn;
use crate::open::{Empty, Place};
use crate::output::Output;
use crate::testbench::{show, summary};

pub(crate) fn run(place: &Place, command: &Versions, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    match command {
        Versions::List => {
            if let LearningReply::Versions { versions } =
                learn(&core, place, LearningCommand::Versions)?
            {
                if output.json {
                    output.document(&json!({ "versions": versions }));
                } else {
                    versions.iter().for_each(|version| output.line(&words(version)));
                }
            }
            Ok(())
        }
        Versions::Publish { name, anyway } => {
            core.settle();
            let by = String::new();
            let publish = LearningCommand::Publish { name: name.clone(), anyway: *anyway, by };
            let LearningReply::Published { version, run } = learn(&core, place, publish)? else {
                return Err(Failure::told(REQUEST));
            };
            if output.json {
                output.document(&json!({ "version": version, "run": run }));
            } else {
                run.iter().for_each(|run| output.line(&summary(run)));
                match &version {
                    Some(version) => output.line(&format!("Published:\n{}", words(version))),
                    None => output.line("Not published: a test fails. Use --anyway to publish."),
                }
            }
            if version.is_some() { Ok(()) } else { Err(Failure::told(REQUEST)) }
        }
        Versions::Rollback { id } => {
            let back = LearningCommand::RollBack { version: *id, by: String::new() };
            let LearningReply::RolledBack { run } = learn(&core, place, back)? else {
                return Err(Failure::told(REQUEST));
            };
            core.settle();
            if output.json {
                output.document(&json!({ "id": id, "run": run }));
            } else {
                output.line(&format!("The knowledge is what it was in version {id}."));
                run.iter().for_each(|run| show(run, output));
            }
            Ok(())
        }
    }
}

fn words(version: &VersionView) -> String {
    format!(
        "{:>4}  {}: {} answers, {} documents and tables, by {}",
        version.id, version.name, version.faqs, version.sources, version.by
    )
}
