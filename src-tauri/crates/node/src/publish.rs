//! `publish`: the knowledge as a signed pack that other nodes follow.

use commands::{Core, PublishPack, PublishedPack};
use serde_json::json;

use crate::arguments::Publish;
use crate::exit::Failure;
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Publish, output: &Output) -> Result<(), Failure> {
    let core = place.open(Empty::StaysEmpty)?;
    let published = publish(&core, command)?;
    if output.json {
        output.document(&json!({
            "version": published.version,
            "kb_version": published.kb_version,
            "file": published.file,
            "size_bytes": published.size_bytes,
            "sha256": published.sha256,
            "publisher": published.publisher,
            "is_embedded": published.is_embedded,
        }));
        return Ok(());
    }
    let file = published.file.display();
    match published.kb_version == published.version {
        true => output.line(&format!("Version {} is published: {file}", published.version)),
        false => output.line(&format!(
            "Version {} is published; it holds the knowledge of version {}: {file}",
            published.version, published.kb_version
        )),
    }
    output.line(&format!(
        "Nodes follow it with: serve --follow {} --publisher {}",
        command.dir.display(),
        published.publisher
    ));
    if !published.is_embedded {
        output.warn("Not all of it can be found by meaning yet; each node makes what is missing.");
    }
    Ok(())
}

fn publish(core: &Core, command: &Publish) -> Result<PublishedPack, Failure> {
    if command.roll_back {
        return Ok(core.roll_back_pack(&command.dir)?);
    }
    let with_orders = command.with_orders;
    Ok(core.publish_pack(&PublishPack { folder: command.dir.clone(), with_orders })?)
}
