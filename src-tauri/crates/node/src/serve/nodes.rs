//! How a served desk goes together with others: it follows one, or publishes for them.

use std::sync::Arc;
use std::time::Duration;

use commands::{Core, ExportTo, Follow, PublishPack};

use crate::arguments::FollowOptions;
use crate::exit::Failure;
use crate::open::{Empty, Place};
use crate::output::Output;

/// Opens the desk as the one of several that it is.
pub(super) fn open(
    place: &Place,
    options: &FollowOptions,
    output: &Output,
) -> Result<Arc<Core>, Failure> {
    let core = match (&options.follow, &options.publisher) {
        (Some(from), Some(publisher)) => {
            let core = place.open(Empty::StaysEmpty)?;
            place.warn_about_models(&core, output)?;
            let every = Duration::try_from_secs_f64(options.follow_every).unwrap_or_default();
            core.follow(Follow { from: from.clone(), publisher: publisher.clone(), every })?;
            if let Some(problem) = core.following().and_then(|following| following.problem) {
                output.warn(&format!("{problem}; it is looked for again every few seconds"));
            }
            core
        }
        _ => place.open_to_answer(output)?,
    };
    if let Some(folder) = &options.publish {
        let first = PublishPack { folder: folder.clone(), with_orders: false };
        core.publish_pack(&first)?;
        core.publish_to(folder.clone());
    }
    if let Some(folder) = &options.export_to {
        core.export_to(ExportTo { folder: folder.clone(), ..ExportTo::default() })?;
    }
    Ok(core)
}
