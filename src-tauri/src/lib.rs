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
mod host;
pub mod ipc;
mod startup;
mod windows;

use std::process::ExitCode;

use clap::Parser;
use tauri::Manager;
use tauri::webview::PageLoadEvent;

use arguments::Arguments;
use startup::OpenDesk;

/// Starts the window and returns when it is closed.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    logs::start("warn");
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| windows::raise(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(windows::remember_places())
        .plugin(tauri_plugin_prevent_default::init())
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
            app.manage(OpenDesk::new(arguments.data.clone()));
            if arguments.kiosk {
                windows::open_kiosk(app.handle())?;
            } else {
                windows::open_staff(app.handle())?;
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}
