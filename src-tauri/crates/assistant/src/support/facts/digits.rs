//! Digits and the words beside them as values: decimals, groups of thousands, times of day. Pure.

use super::Reading;

/// `true` for pm.
pub(super) fn clock_half(word: &str) -> Option<bool> {
    match word.replace('.', "").as_str() {
        "am" => Some(false),
        "pm" => Some(true),
        _ => None,
    }
}

pub(super) fn clock_of(hours: &str, minutes: &str, is_pm: Option<bool>) -> Option<Reading> {
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if hours > 24 || minutes > 59 {
        return None;
    }
    Some(clock(hours * 60 + minutes, is_pm))
}

pub(super) fn clock(minutes: u32, is_pm: Option<bool>) -> Reading {
    let face = minutes % 720;
    let day = match is_pm {
        Some(is_pm) => Some(face + if is_pm { 720 } else { 0 }),
        None if !(60..780).contains(&minutes) => Some(minutes % 1440),
        None => None,
    };
    Reading::Clock { face, day }
}

/// The values that digits with points and commas may stand for.
pub(super) fn values(core: &str) -> Vec<String> {
    let core = core.replace('\'', "");
    let separators: Vec<char> = core.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = core.split(['.', ',']).collect();
    let is_grouped = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
    let mut values = Vec::new();
    match separators.as_slice() {
        [] => values.push(decimal(&core)),
        [_] => {
            values.push(decimal(&core.replace(',', ".")));
            if is_grouped {
                values.push(decimal(&groups.concat()));
            }
        }
        // 1.200,50 and 1,200.50: the last sign is the decimal one, if it differs.
        [first, .., last] if first != last => {
            let (whole, rest) = core.rsplit_once(*last).unwrap_or((&core, ""));
            values.push(decimal(&format!("{}.{rest}", whole.replace(['.', ','], ""))));
        }
        _ if is_grouped => values.push(decimal(&groups.concat())),
        // A date, a version: each number by itself.
        _ => values.extend(groups.iter().map(|group| decimal(group))),
    }
    values
}

/// The shortest form: no leading zeros, no zeros behind the point.
pub(super) fn decimal(number: &str) -> String {
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match rest.trim_end_matches('0') {
        "" => whole.to_owned(),
        rest => format!("{whole}.{rest}"),
    }
}
