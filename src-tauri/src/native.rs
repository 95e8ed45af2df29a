//! What WebKitGTK itself would do with keys, gestures, files and paper, taken away from the
//! visitors' window. The page cannot give any of it back.

use gtk::gdk::{self, EventMask, EventType, ModifierType};
use gtk::glib::{ControlFlow, Propagation};
use gtk::prelude::*;
use tauri::WebviewWindow;
use webkit2gtk::{ColorChooserRequestExt, FileChooserRequestExt, SettingsExt, WebViewExt};

/// The page counts keys that make no sense, to calm down whoever hits them all.
const UNKNOWN_KEY: &str = "dispatchEvent(new KeyboardEvent('keydown', { key: 'F24' }))";

/// Takes everything away that leads out of the page.
pub(crate) fn lock_in(window: &WebviewWindow) -> tauri::Result<()> {
    let page = window.clone();
    window.with_webview(move |view| {
        let view = view.inner();
        if let Some(settings) = WebViewExt::settings(&view) {
            settings.set_enable_back_forward_navigation_gestures(false);
            settings.set_enable_caret_browsing(false);
            settings.set_enable_developer_extras(false);
            settings.set_enable_fullscreen(false);
            settings.set_enable_page_cache(false);
            settings.set_enable_webrtc(false);
            settings.set_enable_media_stream(false);
            settings.set_javascript_can_open_windows_automatically(false);
        }
        view.connect_context_menu(|_, _, _, _| true);
        view.connect_print(|_, _| true);
        view.connect_script_dialog(|_, _| true);
        view.connect_enter_fullscreen(|_| true);
        view.connect_run_file_chooser(|_, request| {
            request.cancel();
            true
        });
        view.connect_run_color_chooser(|_, request| {
            request.cancel();
            true
        });
        // Nothing can be dropped on a widget that is no place to drop.
        view.drag_dest_unset();
        view.add_events(EventMask::TOUCHPAD_GESTURE_MASK);
        view.connect_event(|_, event| match leads_out(event) {
            true => Propagation::Stop,
            false => Propagation::Proceed,
        });
        if let Some(window) = view.toplevel() {
            window.connect_focus_in_event(|window, _| {
                hold_keyboard(window);
                Propagation::Proceed
            });
            // A menu of the page takes the keyboard for a moment; it is taken back afterwards.
            let held = window.downgrade();
            gtk::glib::timeout_add_seconds_local(1, move || match held.upgrade() {
                Some(window) => {
                    if gtk::grab_get_current().is_none() {
                        hold_keyboard(&window);
                    }
                    ControlFlow::Continue
                }
                None => ControlFlow::Break,
            });
            window.connect_key_press_event(move |_, key| {
                let way_out = is_way_out(key.hardware_keycode(), key.state());
                if way_out || key_passes(key.keyval(), key.state()) {
                    return Propagation::Proceed;
                }
                if let Err(error) = page.eval(UNKNOWN_KEY) {
                    tracing::debug!(%error, "the page has gone");
                }
                Propagation::Stop
            });
        }
    })
}

/// Keys come to this window first, before a desktop looks for its own among them: other windows,
/// menus, programs. A desktop that does not allow it keeps its keys; the system's part helps there.
fn hold_keyboard(window: &gtk::Widget) {
    let Some(surface) = window.window().filter(|surface| surface.is_viewable()) else { return };
    let Some(seat) = surface.display().default_seat() else { return };
    let status = seat.grab(&surface, gdk::SeatCapabilities::KEYBOARD, true, None, None, None);
    if status != gdk::GrabStatus::Success {
        tracing::debug!(?status, "the keyboard is held by another program");
    }
}

/// Empties what was copied, so that the next visitor does not paste it.
pub(crate) fn clear_clipboard(app: &tauri::AppHandle) {
    let cleared = app.run_on_main_thread(|| {
        for selection in [gdk::SELECTION_CLIPBOARD, gdk::SELECTION_PRIMARY] {
            gtk::Clipboard::get(&selection).set_text("");
        }
    });
    if let Err(error) = cleared {
        tracing::warn!(%error, "the clipboard cannot be emptied");
    }
}

/// Gestures of two fingers, and buttons other than the first.
fn leads_out(event: &gdk::Event) -> bool {
    match event.event_type() {
        EventType::TouchpadPinch | EventType::TouchpadSwipe => true,
        EventType::ButtonPress | EventType::DoubleButtonPress | EventType::TripleButtonPress => {
            event.button().is_some_and(|button| button != 1)
        }
        // A second finger makes a pinch; the first one alone can touch and scroll.
        EventType::TouchBegin | EventType::TouchUpdate => !event.is_pointer_emulated(),
        EventType::Scroll => {
            event.state().is_some_and(|state| state.contains(ModifierType::CONTROL_MASK))
        }
        _ => false,
    }
}

/// Control, Alt, Shift and the key that is L on most keyboards: the page asks for the PIN then.
fn is_way_out(hardware_key: u16, state: ModifierType) -> bool {
    const L: u16 = 46;
    let all = ModifierType::CONTROL_MASK | ModifierType::MOD1_MASK | ModifierType::SHIFT_MASK;
    hardware_key == L && state.contains(all)
}

/// Keys for writing and for moving in the page. Every other one belongs to a browser or a system.
fn key_passes(key: gdk::keys::Key, state: ModifierType) -> bool {
    use gdk::keys::constants as keys;
    let command = ModifierType::CONTROL_MASK
        | ModifierType::MOD1_MASK
        | ModifierType::MOD4_MASK
        | ModifierType::SUPER_MASK
        | ModifierType::HYPER_MASK
        | ModifierType::META_MASK;
    if state.intersects(command) {
        return false;
    }
    let moves = [
        keys::Tab,
        keys::ISO_Left_Tab,
        keys::KP_Tab,
        keys::Return,
        keys::KP_Enter,
        keys::BackSpace,
        keys::Delete,
        keys::KP_Delete,
        keys::Escape,
        keys::Left,
        keys::Right,
        keys::Up,
        keys::Down,
        keys::KP_Left,
        keys::KP_Right,
        keys::KP_Up,
        keys::KP_Down,
        keys::Home,
        keys::End,
        keys::KP_Home,
        keys::KP_End,
        keys::Page_Up,
        keys::Page_Down,
        keys::KP_Page_Up,
        keys::KP_Page_Down,
        keys::Shift_L,
        keys::Shift_R,
        keys::Caps_Lock,
        keys::Num_Lock,
        keys::ISO_Level3_Shift,
        keys::ISO_Level5_Shift,
        keys::Multi_key,
        // The presenter's key: begin anew.
        keys::F9,
    ];
    // Dead keys wait for the letter that they change.
    let dead = (0xFE50..=0xFE93).contains(&*key);
    let writes = key.to_unicode().is_some_and(|character| !character.is_control());
    writes || dead || moves.contains(&key)
}

#[cfg(test)]
mod tests {
    use gdk::keys::constants as keys;

    use super::*;

    fn check_key(key: gdk::keys::Key, state: ModifierType, passes: bool) {
        assert_eq!(key_passes(key, state), passes, "{key:?} {state:?}");
    }

    #[test]
    fn keys_for_writing_and_moving_pass_and_no_others() {
        let none = ModifierType::empty();
        let (shift, alt_gr) = (ModifierType::SHIFT_MASK, ModifierType::MOD5_MASK);
        for key in [keys::a, keys::space, keys::Return, keys::Tab, keys::Escape, keys::dead_acute] {
            check_key(key, none, true);
        }
        check_key(keys::ISO_Left_Tab, shift, true);
        check_key(keys::at, alt_gr, true);
        check_key(keys::Arabic_alef, none, true);
        check_key(keys::a, ModifierType::MOD2_MASK | ModifierType::LOCK_MASK, true);
        for key in [
            keys::F1,
            keys::F5,
            keys::F7,
            keys::F11,
            keys::F12,
            keys::Menu,
            keys::Print,
            keys::Help,
        ] {
            check_key(key, none, false);
        }
        for key in [keys::a, keys::w, keys::plus, keys::F4, keys::Left, keys::Tab] {
            check_key(key, ModifierType::CONTROL_MASK, false);
            check_key(key, ModifierType::MOD1_MASK, false);
            check_key(key, ModifierType::MOD4_MASK, false);
        }
    }
}
