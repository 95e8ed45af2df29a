//! Whether the computer runs on its battery.

use super::Files;
use crate::Power;

const SUPPLIES: &str = "/sys/class/power_supply";

/// Where the power comes from.
///
/// A charger that is plugged in decides, then what the batteries do. Batteries of a mouse or a
/// pen say that they belong to a device, and do not count.
pub(super) fn source(files: &dyn Files) -> Power {
    let Some(names) = files.list(SUPPLIES) else { return Power::Unknown };
    let mut states = Vec::new();
    for name in names {
        let read = |what: &str| {
            let text = files.read(&format!("{SUPPLIES}/{name}/{what}"));
            text.map_or(String::new(), |text| text.trim().to_string())
        };
        match read("type").as_str() {
            "Mains" | "USB" if read("online") == "1" => return Power::Mains,
            "Battery" if read("scope") != "Device" => states.push(read("status")),
            _ => {}
        }
    }
    let any = |wanted: &[&str]| states.iter().any(|state| wanted.contains(&state.as_str()));
    if any(&["Discharging"]) {
        Power::Battery
    } else if states.is_empty() || any(&["Charging", "Full", "Not charging"]) {
        Power::Mains
    } else {
        Power::Unknown
    }
}
