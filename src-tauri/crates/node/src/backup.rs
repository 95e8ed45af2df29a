//! `backup`, `verify` and `restore`: one file that holds the whole desk. No engine is started, so
//! they work where nothing else does any more.

use commands::backup_files;
use commands::wire::{BackupContent, BackupCounts, RestoreHow, RestoredView};

use crate::arguments::{Backup, Restore, Verify};
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;

pub(crate) fn make(place: &Place, command: &Backup, output: &Output) -> Result<(), Failure> {
    let made = backup_files::make(&place.data, &command.target)?;
    if output.json {
        output.document(&made);
    } else {
        output.line(&format!(
            "{}: {} of a desk of {}, read back and found right, in {:.1} s ({:.0} MB/s).",
            made.file,
            size(made.bytes),
            size(made.desk_bytes),
            made.seconds,
            made.mb_per_s
        ));
        output.warn("It holds conversations and orders: keep it as safe as this computer.");
    }
    Ok(())
}

pub(crate) fn verify(command: &Verify, output: &Output) -> Result<(), Failure> {
    let content = backup_files::verify(&command.file)?;
    if output.json {
        output.document(&content);
    } else {
        output.line(&format!("{} is whole. {}", content.file, described(&content)));
    }
    Ok(())
}

pub(crate) fn restore(place: &Place, command: &Restore, output: &Output) -> Result<(), Failure> {
    let how = if command.merge { RestoreHow::Merge } else { RestoreHow::Replace };
    if command.preview {
        let content = backup_files::preview(&place.data, &command.file)?;
        if output.json {
            output.document(&content);
        } else {
            output.line(&described(&content));
            output.line(&would(&content, how));
        }
        return Ok(());
    }
    let restored = backup_files::restore(&place.data, &command.file, how)?;
    if output.json {
        output.document(&restored);
    } else {
        for line in told(&restored) {
            output.line(&line);
        }
    }
    Ok(())
}

fn described(content: &BackupContent) -> String {
    let shop = if content.shop.is_empty() { "a desk" } else { &content.shop };
    format!(
        "It is of {shop}, made {} ago by version {}, and holds {}.",
        age(content.age_s),
        content.program,
        counted(&content.holds)
    )
}

fn would(content: &BackupContent, how: RestoreHow) -> String {
    let here = content.here.unwrap_or_default();
    match how {
        RestoreHow::Replace => {
            format!("Restoring it would put that in the place of what is here: {}.", counted(&here))
        }
        RestoreHow::Merge => format!(
            "Merging it would add {} answers and {} documents, and change nothing else.",
            content.new_answers, content.new_documents
        ),
    }
}

fn told(restored: &RestoredView) -> Vec<String> {
    let mut lines = vec![match restored.how {
        RestoreHow::Replace => format!(
            "Restored in {:.1} s ({:.0} MB/s): {} are here now.",
            restored.seconds,
            restored.mb_per_s,
            counted(&restored.now)
        ),
        RestoreHow::Merge => format!(
            "Added {} answers and {} documents in {:.1} s.",
            restored.added_answers, restored.added_documents, restored.seconds
        ),
    }];
    if restored.erased_again > 0 {
        let again = restored.erased_again;
        lines.push(format!("{again} conversations were erased again, as they were before."));
    }
    if !restored.safety.is_empty() {
        lines.push(format!("The desk as it was before is in {}.", restored.safety));
    }
    if !restored.set_aside.is_empty() {
        lines.push(format!("The damaged files are kept in {}.", restored.set_aside));
        lines.push("Set a staff PIN again: it is in no backup.".to_owned());
    }
    lines
}

fn counted(counts: &BackupCounts) -> String {
    format!(
        "{} answers, {} documents, {} questions asked, {} open questions, {} orders and {} wishes \
         for a person",
        counts.answers,
        counts.documents,
        counts.questions,
        counts.open_questions,
        counts.orders,
        counts.wishes
    )
}

fn age(seconds: i64) -> String {
    match seconds {
        ..120 => format!("{seconds} seconds"),
        120..7_200 => format!("{} minutes", seconds / 60),
        7_200..172_800 => format!("{} hours", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
