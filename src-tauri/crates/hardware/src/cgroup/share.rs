//! How many processors' time a container may use.

use super::{Version, groups_of, upwards};

/// Where version 1 is mounted; many systems mount the two controllers as one.
const VERSION_1: &[&str] = &["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"];

const VERSION_2: &[&str] = &["/sys/fs/cgroup"];

/// The tightest share, in processors, as in 1.5. `groups` is the text of `/proc/self/cgroup`.
///
/// `None` when nothing limits it, or the files cannot be read.
pub(crate) fn processors(groups: &str, read: impl Fn(&str) -> Option<String>) -> Option<f64> {
    let mut tightest: Option<f64> = None;
    for (version, group) in groups_of("cpu", groups) {
        let mounts = match version {
            Version::One => VERSION_1,
            Version::Two => VERSION_2,
        };
        for folder in mounts.iter().flat_map(|mount| upwards(mount, group)) {
            let found = match version {
                Version::One => version_1(&folder, &read),
                Version::Two => version_2(&folder, &read),
            };
            if let Some(found) = found {
                tightest = Some(tightest.map_or(found, |earlier| earlier.min(found)));
            }
        }
    }
    tightest
}

/// `max 100000`, or microseconds of work in so many microseconds.
fn version_2(folder: &str, read: impl Fn(&str) -> Option<String>) -> Option<f64> {
    let text = read(&format!("{folder}/cpu.max"))?;
    let (quota, period) = text.trim().split_once(' ')?;
    share(quota, period)
}

/// The same in two files; a quota of -1 is none.
fn version_1(folder: &str, read: impl Fn(&str) -> Option<String>) -> Option<f64> {
    let quota = read(&format!("{folder}/cpu.cfs_quota_us"))?;
    let period = read(&format!("{folder}/cpu.cfs_period_us"))?;
    share(&quota, &period)
}

fn share(quota: &str, period: &str) -> Option<f64> {
    let (quota, period): (u64, u64) = (quota.trim().parse().ok()?, period.trim().parse().ok()?);
    (quota > 0 && period > 0).then(|| quota as f64 / period as f64)
}
