//! Opening the desk beside the window, so that the window never waits for it.

use std::path::PathBuf;
use std::sync::{Arc, Once, OnceLock};

use commands::wire::{ApiError, Code};
use commands::{Core, EngineChoice, Llama, OpenOptions};
use server::Share;
use tauri::{AppHandle, Manager};

use crate::guard;
use crate::host::WindowHost;
#[cfg(target_os = "linux")]
use crate::kiosk::Lock;

/// The desk, as soon as it is open; or why it is not.
#[derive(Clone)]
pub(crate) struct OpenDesk {
    opened: Arc<OnceLock<Result<Arc<Core>, ApiError>>>,
    begun: Arc<Once>,
    data: Option<PathBuf>,
}

impl OpenDesk {
    /// A desk that is not open yet; without `data` it lies in the platform's application data.
    pub(crate) fn new(data: Option<PathBuf>) -> Self {
        Self { opened: Arc::default(), begun: Arc::new(Once::new()), data }
    }

    /// Starts opening the desk, once; pages that ask before it is open wait.
    ///
    /// Called when the first page loads: by then WebKit has started its own processes. An engine
    /// started at the same moment could inherit a pipe whose end they wait for, and the window
    /// would never show.
    pub(crate) fn begin(&self, app: &AppHandle) {
        self.begun.call_once(|| {
            let (desk, app) = (self.clone(), app.clone());
            let thread = std::thread::Builder::new().name("open-desk".into());
            if let Err(error) = thread.spawn(move || desk.open(&app)) {
                tracing::error!(%error, "the desk cannot be opened");
            }
        });
    }

    /// The desk, waiting for it if need be. Call it where blocking is allowed.
    pub(crate) fn wait(&self) -> Result<Arc<Core>, ApiError> {
        self.opened.wait().clone()
    }

    /// The desk if it is open already.
    pub(crate) fn get(&self) -> Option<Arc<Core>> {
        self.opened.get().and_then(|desk| desk.clone().ok())
    }

    fn open(&self, app: &AppHandle) {
        let data = match &self.data {
            Some(data) => Ok(data.clone()),
            None => app.path().app_data_dir().map_err(|error| defect(&error)),
        };
        let share = app.state::<Arc<Share>>().inner().clone();
        let opened = data.and_then(|data| {
            Core::open(OpenOptions {
                data,
                engine: EngineChoice::Llama(Llama {
                    resources: app.path().resource_dir().ok(),
                    ..Llama::beside_this_program()
                }),
                sample: true,
                machine: None,
                host: Arc::new(WindowHost::new(app.clone(), share.clone())),
            })
        });
        if let Ok(core) = &opened
            && let Err(error) = logs::keep_in(core.folder())
        {
            tracing::warn!(%error, "nothing is kept of what is logged");
        }
        if let Ok(core) = &opened {
            share.put_before(core);
            if let Err(error) = core.share_again() {
                tracing::warn!(message = error.message, "the visitors' page is not shared");
            }
        }
        if let Err(error) = &opened {
            tracing::error!(code = ?error.code, hint = ?error.hint, "{}", error.message);
        }
        if self.opened.set(opened).is_err() {
            tracing::error!("the desk was opened twice");
        }
    }
}

/// Whether staff wished this desk to begin with the visitors' screen.
pub(crate) fn starts_in_kiosk(app: &AppHandle, data: Option<&PathBuf>) -> bool {
    let usual = || app.path().app_data_dir().ok();
    data.cloned().or_else(usual).is_some_and(|data| commands::starts_in_kiosk(&data))
}

/// Ends the program in order when its guard has gone, or when the system asks for it. A window
/// that was asked to end is not brought back.
pub(crate) fn end_when_asked(app: &AppHandle, guarded: bool) {
    if guarded {
        let app = app.clone();
        guard::end_with_the_guard(move || app.exit(0));
    }
    #[cfg(target_os = "linux")]
    {
        let app = app.clone();
        const TERMINATE: i32 = 15;
        gtk::glib::unix_signal_add(TERMINATE, move || {
            app.state::<Lock>().open();
            app.exit(0);
            gtk::glib::ControlFlow::Break
        });
    }
}

/// What a page is told when a piece of work ended with a defect.
pub(crate) fn defect(error: &tauri::Error) -> ApiError {
    ApiError {
        code: Code::Internal,
        message: format!("the work ended with a defect: {error}"),
        hint: Some("Try again; if it stays, start the program again.".into()),
    }
}
