//! The two windows, and what no window may do: leave the program's own pages, open others,
//! download, or ask for the camera.

use std::sync::atomic::{AtomicUsize, Ordering};

use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, Manager, Url, WebviewWindow, WebviewWindowBuilder, Wry};
use tauri_plugin_window_state::StateFlags;

/// Label of the staff window; `capabilities/staff.json` names it.
pub(crate) const STAFF: &str = "staff";
/// Label of the visitors' window; `capabilities/kiosk.json` names it.
pub(crate) const KIOSK: &str = "kiosk";

/// The only page that the visitors' window shows.
const VISITORS_PAGE: &str = "/kiosk.html";

/// Opens the staff window.
pub(crate) fn open_staff(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    open(app, STAFF)
}

/// Opens the visitors' window over the whole screen.
pub(crate) fn open_kiosk(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let window = open(app, KIOSK)?;
    #[cfg(target_os = "linux")]
    crate::native::lock_in(&window)?;
    crate::kiosk::cover(&window)?;
    Ok(window)
}

/// Brings the window to the front when the program is started a second time.
pub(crate) fn raise(app: &AppHandle) {
    let window = [STAFF, KIOSK].iter().find_map(|label| app.get_webview_window(label));
    if let Some(window) = window
        && let Err(error) = window.unminimize().and_then(|()| window.set_focus())
    {
        tracing::warn!(%error, "the window cannot be raised");
    }
}

/// Remembers where the staff window was; the visitors' window is always the whole screen.
pub(crate) fn remember_places() -> tauri::plugin::TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::default()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .with_denylist(&[KIOSK])
        .build()
}

/// A page is no browser: nothing to reload, print, save or search. Moving backwards with Shift+Tab
/// stays, because people without a mouse need it.
pub(crate) fn prevent_browser_keys() -> tauri::plugin::TauriPlugin<Wry> {
    use tauri_plugin_prevent_default::{Builder, Flags};
    let builder = Builder::new().with_flags(Flags::all().difference(Flags::FOCUS_MOVE));
    #[cfg(windows)]
    let builder = builder.platform(
        tauri_plugin_prevent_default::PlatformOptions::new()
            .browser_accelerator_keys(false)
            .built_in_error_page(false)
            .default_context_menus(false)
            .dev_tools(false)
            .general_autofill(false)
            .password_autosave(false)
            .pinch_zoom(false)
            .swipe_navigation(false),
    );
    builder.build()
}

/// The only way a window is made, so that every one keeps the same rules.
fn open(app: &AppHandle, label: &str) -> tauri::Result<WebviewWindow> {
    let windows = &app.config().app.windows;
    let config = windows.iter().find(|window| window.label == label);
    let config = config.expect("tauri.conf.json describes both windows");
    let mut builder = WebviewWindowBuilder::from_config(app, config)?;
    let visits = label == KIOSK;
    if visits {
        builder = leave_no_trace(builder.devtools(false).closable(false), app)?;
    }
    let window = builder
        .on_navigation(move |url| {
            let own = is_own_page(url) && (!visits || url.path() == VISITORS_PAGE);
            if !own {
                tracing::warn!(%url, "a page wanted to leave the program");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .build()?;
    reload_after_a_crash(&window)?;
    Ok(window)
}

/// Nothing that a visitor's page keeps reaches the disk. The page also never closes its own
/// window, which would leave an empty one.
///
/// The folder only keeps the page's context apart from that of the other window, and random
/// numbers of WebKit: Tauri registers its own addresses once per folder, and a second page that
/// keeps no trace would not load. A driver of tests sees the shared context only.
fn leave_no_trace<'a>(
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
    app: &AppHandle,
) -> tauri::Result<WebviewWindowBuilder<'a, Wry, AppHandle>> {
    let builder = builder.initialization_script(NEVER_CLOSES);
    if std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some() {
        return Ok(builder);
    }
    static OPENED: AtomicUsize = AtomicUsize::new(0);
    let name = format!("visitors-{}", OPENED.fetch_add(1, Ordering::Relaxed));
    Ok(builder.incognito(true).data_directory(app.path().app_cache_dir()?.join(name)))
}

const NEVER_CLOSES: &str =
    "Object.defineProperty(window, 'close', { value() {}, writable: false, configurable: false })";

fn is_own_page(url: &Url) -> bool {
    let place = (url.scheme(), url.host_str());
    let built_in =
        matches!(place, ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")));
    let development_server = cfg!(dev) && matches!(place, ("http", Some("localhost")));
    built_in || development_server
}

/// The process that draws the page can die; an empty window would stay. The other systems
/// reload by themselves.
#[cfg(target_os = "linux")]
fn reload_after_a_crash(window: &WebviewWindow) -> tauri::Result<()> {
    window.with_webview(|view| {
        use webkit2gtk::WebViewExt;
        view.inner().connect_web_process_terminated(|view, reason| {
            tracing::warn!(?reason, "the page's process ended; loading the page again");
            view.reload();
        });
    })
}

#[cfg(not(target_os = "linux"))]
fn reload_after_a_crash(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, own: bool) {
        assert_eq!(is_own_page(&url.parse().unwrap()), own, "{url}");
    }

    #[test]
    fn only_own_pages_open() {
        check("tauri://localhost/index.html", true);
        check("http://tauri.localhost/kiosk.html", true);
        check("https://example.com/", false);
        check("file:///etc/passwd", false);
        check("tauri://evil/index.html", false);
        check("javascript:alert(1)", false);
    }
}
