//! The visitors' screen as a place that is entered and left: which window is open, what the
//! window is kept from, and who brings it back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager, WebviewWindow, Window, WindowEvent};

use crate::guard::Guard;
use crate::windows::{self, KIOSK, STAFF};

/// Between losing the focus and taking it back, so that two programs do not fight over it.
const BREATH: Duration = Duration::from_millis(120);

/// Whether the visitors' screen is locked, and who brings it back.
#[derive(Default)]
pub(crate) struct Lock {
    locked: AtomicBool,
    guard: Mutex<Option<Guard>>,
    /// The words with which this desk's folder is named to a guard.
    data: Vec<std::ffi::OsString>,
}

impl Lock {
    /// A lock that is open, with the guard that there is already.
    pub(crate) fn new(guard: Option<Guard>, data: Vec<std::ffi::OsString>) -> Self {
        Self { guard: Mutex::new(guard), data, ..Self::default() }
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.locked.load(Ordering::Acquire)
    }

    fn close(&self) {
        self.locked.store(true, Ordering::Release);
        let mut guard = self.guard.lock().unwrap_or_else(PoisonError::into_inner);
        if guard.is_none() {
            match Guard::beside(&self.data) {
                Ok(started) => *guard = Some(started),
                Err(error) => {
                    tracing::error!(%error, "nobody will bring the screen back after a crash")
                }
            }
        }
    }

    /// Opens the lock for good: nothing is kept, nothing is brought back.
    pub(crate) fn open(&self) {
        self.locked.store(false, Ordering::Release);
        let guard = self.guard.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(guard) = guard {
            guard.dismiss();
        }
    }
}

/// Opens the visitors' screen, and closes the staff window once it is there.
///
/// Never call it from a synchronous command: making a window there blocks on Windows.
pub(crate) fn enter(app: &AppHandle) -> tauri::Result<()> {
    app.state::<Lock>().close();
    let window = match app.get_webview_window(KIOSK) {
        Some(window) => window,
        None => windows::open_kiosk(app)?,
    };
    if let Some(staff) = app.get_webview_window(STAFF) {
        staff.destroy()?;
    }
    cover(&window)
}

/// Opens the staff window and closes the visitors' screen.
pub(crate) fn leave(app: &AppHandle) -> tauri::Result<()> {
    if app.get_webview_window(STAFF).is_none() {
        windows::open_staff(app)?;
    }
    app.state::<Lock>().open();
    if let Some(kiosk) = app.get_webview_window(KIOSK) {
        kiosk.destroy()?;
    }
    Ok(())
}

/// Leaves after the page has had its answer.
pub(crate) fn leave_soon(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        std::thread::sleep(BREATH);
        if let Err(error) = leave(&app) {
            tracing::error!(%error, "the staff window cannot be opened");
        }
    });
}

/// Over the whole screen, on every desktop, with the keyboard.
pub(crate) fn cover(window: &WebviewWindow) -> tauri::Result<()> {
    window.set_always_on_top(true)?;
    window.set_visible_on_all_workspaces(true)?;
    window.set_fullscreen(true)?;
    // Without a window manager nobody honours the wish for full screen: take the size instead.
    if let Some(monitor) = window.current_monitor()?.or(window.primary_monitor()?) {
        window.set_position(*monitor.position())?;
        window.set_size(*monitor.size())?;
    }
    window.set_focus()
}

/// What happens to the visitors' window while it is locked: it is not closed, and comes back to
/// the front when something took its place.
pub(crate) fn on_window_event(window: &Window, event: &WindowEvent) {
    if window.label() != KIOSK || !window.state::<Lock>().is_locked() {
        return;
    }
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            tracing::warn!("the visitors' screen was to be closed");
            api.prevent_close();
        }
        WindowEvent::Focused(false) => come_back(window.app_handle()),
        WindowEvent::Resized(_) if !window.is_fullscreen().unwrap_or(true) => {
            come_back(window.app_handle());
        }
        WindowEvent::Destroyed => {
            let app = window.app_handle().clone();
            tauri::async_runtime::spawn_blocking(move || {
                if app.state::<Lock>().is_locked()
                    && let Err(error) = enter(&app)
                {
                    tracing::error!(%error, "the visitors' screen cannot be opened again");
                    // The guard starts the whole program again.
                    app.exit(1);
                }
            });
        }
        _ => {}
    }
}

fn come_back(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        std::thread::sleep(BREATH);
        let Some(window) = app.get_webview_window(KIOSK) else { return };
        if !app.state::<Lock>().is_locked() {
            return;
        }
        let back = window.unminimize().and_then(|()| window.show()).and_then(|()| cover(&window));
        if let Err(error) = back {
            tracing::warn!(%error, "the visitors' screen cannot come to the front");
        }
    });
}
