//! `serve`: the pages and both surfaces over HTTP, for this computer or, with `--share`, for others.

mod limits;
mod names;
mod nodes;
mod stop;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use commands::Core;
use serde_json::{Value, json};
use server::{Bound, Doors, Keys, Options, ServerError};

use crate::arguments::Serve;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
pub(crate) use stop::Stop;

/// Time for answers under way once nobody is let in any more.
const GRACE: Duration = Duration::from_secs(20);

/// Time for whatever else is under way.
const LAST_WORK: Duration = Duration::from_secs(3);

pub(crate) fn run(place: &Place, command: &Serve, output: &Output) -> Result<(), Failure> {
    let doors = doors(command)?;
    limits::raise_open_files();
    let core = nodes::open(place, &command.nodes, output)?;
    core.hold_waiting(command.waiting_room.into());
    let file = command.key_file.clone().unwrap_or_else(|| place.data.join("keys"));
    let mut opened = Vec::new();
    for options in doors {
        let keys = Keys::read_or_make(&file).map_err(|error| Failure::file(&file, &error))?;
        opened.push((keys, options));
    }
    let runtime = server::runtime()
        .map_err(|error| Failure::usage(error.to_string(), "Close other programs."))?;
    let ended = runtime.block_on(listen(core, opened, output));
    runtime.shutdown_timeout(LAST_WORK);
    ended
}

/// What is listened on: one address for everybody, or one for visitors and perhaps one for staff.
fn doors(command: &Serve) -> Result<Vec<Options>, Failure> {
    let on_this_computer_alone = |address: SocketAddr| {
        if address.ip().to_canonical().is_loopback() {
            return Ok(address);
        }
        Err(Failure::usage(
            format!("{address} is not an address of this computer alone"),
            "Use 127.0.0.1 or [::1], or add --share to serve visitors on the network.",
        ))
    };
    if !command.share {
        on_this_computer_alone(command.listen)?;
        return Ok(vec![with_times(Options::new(command.listen, Doors::Everybody), command)]);
    }
    let mut open = with_times(Options::new(command.listen, Doors::Visitors), command);
    open.hosts = command.hosts.iter().map(|name| names::host(name)).collect::<Result<_, _>>()?;
    open.proxies = command.proxies.iter().map(|proxy| proxy.to_canonical()).collect();
    let mut doors = vec![open];
    if let Some(address) = command.staff_listen {
        let address = on_this_computer_alone(address)?;
        doors.push(with_times(Options::new(address, Doors::Everybody), command));
    }
    Ok(doors)
}

fn with_times(options: Options, command: &Serve) -> Options {
    let (knowledge, drain) = (command.require_knowledge, Duration::from_secs(command.drain.into()));
    Options { knowledge, drain, grace: GRACE, ..options }
}

async fn listen(
    core: Arc<Core>,
    doors: Vec<(Keys, Options)>,
    output: &Output,
) -> Result<(), Failure> {
    let taken = |error: ServerError| {
        Failure::usage(error.to_string(), "Choose another port with --listen.")
    };
    let stop = Stop::listen().map_err(|error| taken(ServerError::Start(error)))?;
    let mut started = json!({});
    let mut bound = Vec::new();
    for (keys, options) in doors {
        let is_public = options.doors == Doors::Visitors;
        let door = Bound::bind(core.clone(), keys, options).await.map_err(taken)?;
        tell(&mut started, &door, is_public);
        bound.push(door);
    }
    output.document(&started);
    let (stopping, stopped) = tokio::sync::watch::channel(false);
    let serving: Vec<_> = bound
        .into_iter()
        .map(|door| {
            let mut stopped = stopped.clone();
            tokio::spawn(door.serve(async move {
                // The sender lives until everybody was told.
                let _told = stopped.wait_for(|stopped| *stopped).await;
            }))
        })
        .collect();
    stop.asked().await;
    stopping.send_replace(true);
    for door in serving {
        let ended = door.await;
        ended.map_err(|error| taken(ServerError::Start(error.into())))?.map_err(taken)?;
    }
    Ok(())
}

/// Adds the addresses of one door to what is printed at the start.
fn tell(started: &mut Value, door: &Bound, is_public: bool) {
    let address = format!("http://{}", door.address());
    if is_public {
        started["listening"] = json!(address);
        started["visitor_url"] = json!(door.visitor_url());
        return;
    }
    let listens = if started["listening"].is_null() { "listening" } else { "staff_listening" };
    started[listens] = json!(address);
    started["staff_url"] = json!(door.staff_url());
    if started["visitor_url"].is_null() {
        started["visitor_url"] = json!(door.visitor_url());
    }
}
