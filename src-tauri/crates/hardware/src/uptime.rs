//! How long this computer has been on.

use sysinfo::System;

/// Seconds since this computer was started, sleep included. Setting its clock changes nothing.
///
/// `None` when the system does not say.
pub fn uptime_seconds() -> Option<i64> {
    System::uptime().ok().filter(|seconds| *seconds > 0)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_back() {
        let first = uptime_seconds().unwrap();
        assert!(first > 0 && uptime_seconds().unwrap() >= first);
    }
}
