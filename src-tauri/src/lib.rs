//! The desktop shell: windows over [`commands::Core`], and the only code that knows Tauri.
//!
//! It shows a window at once, opens the desk on a thread of its own, and passes what the pages
//! send to the two surfaces. It decides nothing about shops.
//!
//! Start with [`run`], then `ipc.rs` for the two commands and `windows.rs` for what a window may
//! do.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod arguments;
mod guard;
mod host;
pub mod ipc;
mod kiosk;
#[cfg(target_os = "linux")]
mod native;
mod startup;
mod windows;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use commands::Sharing;
use server::Share;
use tauri::webview::PageLoadEvent;
use tauri::{Manager, RunEvent};

use arguments::Arguments;
use guard::Guard;
use kiosk::Lock;
use startup::OpenDesk;

/// Starts the window and returns when it is closed.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    logs::start("warn");
    match (arguments.guard, arguments.kiosk && !arguments.guarded) {
        (true, _) => guard::wait_and_keep(&arguments),
        (false, true) => guard::keep_on_screen(&arguments),
        (false, false) => show(arguments),
    }
}

fn show(arguments: Arguments) -> ExitCode {
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| windows::raise(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(windows::remember_places())
        .plugin(windows::prevent_browser_keys())
        .invoke_handler(tauri::generate_handler![ipc::visit, ipc::manage])
        .on_page_load(|view, load| {
            match load.event() {
                // A reloaded page has forgotten what it asked for.
                PageLoadEvent::Started => {
                    ipc::forget(view);
                    view.state::<OpenDesk>().begin(view.app_handle());
                }
                PageLoadEvent::Finished => tracing::info!(window = view.label(), "page shown"),
            }
        })
        .setup(move |app| {
            let guard = arguments.guarded.then_some(Guard::Above);
            app.manage(Lock::new(guard, arguments.data_words()));
            app.manage(Arc::new(Share::new(hardware::local_addresses)));
            app.manage(OpenDesk::new(arguments.data.clone()));
            startup::end_when_asked(app.handle(), arguments.guarded);
            if arguments.kiosk || startup::starts_in_kiosk(app.handle(), arguments.data.as_ref()) {
                kiosk::enter(app.handle())?;
            } else {
                windows::open_staff(app.handle())?;
            }
            Ok(())
        })
        .on_window_event(kiosk::on_window_event)
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                match event {
                    // The visitors' window was destroyed; another one is on its way.
                    RunEvent::ExitRequested { api, code: None, .. }
                        if app.state::<Lock>().is_locked() =>
                    {
                        api.prevent_exit();
                    }
                    RunEvent::Exit => app.state::<Arc<Share>>().end(),
                    _ => {}
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}
