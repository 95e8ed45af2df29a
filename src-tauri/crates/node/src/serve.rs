//! `serve`: the pages and both surfaces over HTTP, on this computer only.

mod stop;

use std::sync::Arc;

use commands::Core;
use serde_json::json;
use server::{Bound, GRACE, Keys, Options, ServerError};

use crate::arguments::Serve;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
pub(crate) use stop::Stop;

pub(crate) fn run(place: &Place, command: &Serve, output: &Output) -> Result<(), Failure> {
    if !command.listen.ip().is_loopback() {
        return Err(Failure::usage(
            format!("{} is not an address of this computer alone", command.listen),
            "Use 127.0.0.1 or [::1].",
        ));
    }
    let core = place.open_to_answer(output)?;
    let file = command.key_file.clone().unwrap_or_else(|| place.data.join("keys"));
    let keys = Keys::read_or_make(&file).map_err(|error| Failure::file(&file, &error))?;
    let options = Options::at(command.listen);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::usage(error.to_string(), "Close other programs."))?;
    let ended = runtime.block_on(listen(core, keys, options, output));
    runtime.shutdown_timeout(GRACE);
    ended
}

async fn listen(
    core: Arc<Core>,
    keys: Keys,
    options: Options,
    output: &Output,
) -> Result<(), Failure> {
    let taken = |error: ServerError| {
        Failure::usage(error.to_string(), "Choose another port with --listen.")
    };
    let stop = Stop::listen().map_err(|error| taken(ServerError::Start(error)))?;
    let bound = Bound::bind(core, keys, options).await.map_err(taken)?;
    output.document(&json!({
        "listening": format!("http://{}", bound.address()),
        "staff_url": bound.staff_url(),
        "visitor_url": bound.visitor_url(),
    }));
    bound.serve(stop.asked()).await;
    Ok(())
}
