//! The two commands that pages can send, one per surface. The capability files say which window
//! may send which; `commands` checks the role again.
#![expect(clippy::let_underscore_must_use, reason = "the command macro expands to it")]

use commands::Session;
use commands::wire::{ApiError, StaffCommand, StaffReply, TurnEvent, VisitorCommand, VisitorReply};
use tauri::ipc::Channel;
use tauri::{Manager, Runtime, State, Webview};

use crate::kiosk;
use crate::startup::{OpenDesk, defect};
use crate::windows::{KIOSK, STAFF};

/// What a visitor may do; events of a question arrive on the channel.
#[tauri::command]
pub(crate) async fn visit(
    view: Webview,
    desk: State<'_, OpenDesk>,
    command: VisitorCommand,
    on_event: Channel<TurnEvent>,
) -> Result<VisitorReply, ApiError> {
    let (session, desk) = (session(&view), desk.inner().clone());
    let starts_over = matches!(command, VisitorCommand::StartOver { .. });
    let work = move || {
        desk.wait()?.visit(&session, command, &mut |event| {
            if let Err(error) = on_event.send(event) {
                tracing::debug!(%error, "the page has gone");
            }
        })
    };
    let reply = tauri::async_runtime::spawn_blocking(work).await;
    let reply = reply.unwrap_or_else(|error| Err(defect(&error)));
    if view.label() == KIOSK {
        if matches!(&reply, Ok(VisitorReply::Unlock(tried)) if tried.unlocked) {
            kiosk::leave_soon(view.app_handle());
        }
        #[cfg(target_os = "linux")]
        if starts_over {
            crate::native::clear_clipboard(view.app_handle());
        }
    }
    reply
}

/// What staff may do.
#[tauri::command]
pub(crate) async fn manage(
    view: Webview,
    desk: State<'_, OpenDesk>,
    command: StaffCommand,
) -> Result<StaffReply, ApiError> {
    let (session, desk) = (session(&view), desk.inner().clone());
    let work = move || desk.wait()?.manage(&session, command);
    tauri::async_runtime::spawn_blocking(work).await.unwrap_or_else(|error| Err(defect(&error)))
}

/// Stops whatever a page had asked for.
pub(crate) fn forget<R: Runtime>(view: &Webview<R>) {
    if let Some(desk) = view.try_state::<OpenDesk>().and_then(|desk| desk.get()) {
        desk.cancel_all(&session(view));
    }
}

/// The window decides the role; a label that nobody knows is a visitor's.
fn session<R: Runtime>(view: &Webview<R>) -> Session {
    match view.label() {
        STAFF => Session::staff(STAFF),
        KIOSK => Session::screen(KIOSK),
        label => Session::visitor(label),
    }
}
