//! Opening the desk beside the window, so that the window never waits for it.

use std::sync::{Arc, OnceLock};

use commands::wire::{ApiError, Code};
use commands::{Core, EngineChoice, Llama, OpenOptions};
use tauri::{AppHandle, Manager};

use crate::arguments::Arguments;
use crate::host::WindowHost;

/// The desk, as soon as it is open; or why it is not.
#[derive(Clone, Default)]
pub(crate) struct OpenDesk(Arc<OnceLock<Result<Arc<Core>, ApiError>>>);

impl OpenDesk {
    /// The desk, waiting for it if need be. Call it where blocking is allowed.
    pub(crate) fn wait(&self) -> Result<Arc<Core>, ApiError> {
        self.0.wait().clone()
    }

    /// The desk if it is open already.
    pub(crate) fn get(&self) -> Option<Arc<Core>> {
        self.0.get().and_then(|desk| desk.clone().ok())
    }
}

/// Starts opening the desk; pages that ask before it is open wait.
pub(crate) fn open_desk(app: &AppHandle, arguments: &Arguments) -> tauri::Result<()> {
    let desk = OpenDesk::default();
    app.manage(desk.clone());
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => app.path().app_data_dir()?,
    };
    let options = OpenOptions {
        data,
        engine: EngineChoice::Llama(Llama {
            resources: app.path().resource_dir().ok(),
            ..Llama::beside_this_program()
        }),
        sample: true,
        host: Arc::new(WindowHost::new(app.clone())),
    };
    std::thread::Builder::new().name("open-desk".into()).spawn(move || {
        let opened = Core::open(options);
        if let Err(error) = &opened {
            tracing::error!(code = ?error.code, hint = ?error.hint, "{}", error.message);
        }
        if desk.0.set(opened).is_err() {
            tracing::error!("the desk was opened twice");
        }
    })?;
    Ok(())
}

/// What a page is told when a piece of work ended with a defect.
pub(crate) fn defect(error: &tauri::Error) -> ApiError {
    ApiError {
        code: Code::Internal,
        message: format!("the work ended with a defect: {error}"),
        hint: Some("Try again; if it stays, start the program again.".into()),
    }
}

/// Logs go to stderr; `FRONTDESK_LOG` says how much.
pub(crate) fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("FRONTDESK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
