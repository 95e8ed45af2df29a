//! Limits as they are written on real machines.

use super::memory;
use crate::Memory;

#[track_caller]
fn check(groups: &str, files: &[(&str, &str)], expected: Option<(u64, u64)>) {
    let read =
        |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| text.to_string());
    let expected = expected.map(|(total_bytes, free_bytes)| Memory { total_bytes, free_bytes });
    assert_eq!(memory(groups, read), expected);
}

#[test]
fn no_limit_reads_as_none() {
    check("", &[], None);
    check("0::/\n", &[], None);
    check("0::/\n", &[("/sys/fs/cgroup/memory.max", "max\n")], None);
    check("broken", &[("/sys/fs/cgroup/memory.max", "10")], None);
    let v1 = [("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")];
    check("4:memory:/\n", &v1, None);
}

#[test]
fn version_2_counts_file_pages_as_free() {
    let files = [
        ("/sys/fs/cgroup/a/b/memory.max", "4000\n"),
        ("/sys/fs/cgroup/a/b/memory.current", "1500\n"),
        ("/sys/fs/cgroup/a/b/memory.stat", "anon 900\nfile 600\ninactive_file 500\n"),
    ];
    check("0::/a/b\n", &files, Some((4000, 3000)));
    check("0::/a/b/\n", &files, Some((4000, 3000)));
    check("0::/a\n", &files, None);
}

#[test]
fn the_tightest_group_above_counts() {
    let files = [
        ("/sys/fs/cgroup/a/b/memory.max", "max\n"),
        ("/sys/fs/cgroup/a/memory.max", "2000\n"),
        ("/sys/fs/cgroup/a/memory.current", "2500\n"),
        ("/sys/fs/cgroup/memory.max", "9000\n"),
    ];
    check("0::/a/b\n", &files, Some((2000, 0)));
}

#[test]
fn version_1_with_a_path_of_the_host() {
    let files = [
        ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n"),
        ("/sys/fs/cgroup/memory/memory.usage_in_bytes", "400\n"),
        ("/sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 100\n"),
    ];
    check("9:name=systemd:/\n4:cpu,memory:/docker/1f\n0::/\n", &files, Some((1000, 700)));
    check("4:memoryless:/\n", &files, None);
}

#[track_caller]
fn check_share(groups: &str, files: &[(&str, &str)], expected: Option<f64>) {
    let read =
        |path: &str| files.iter().find(|(name, _)| *name == path).map(|(_, text)| text.to_string());
    assert_eq!(super::processors(groups, read), expected);
}

#[test]
fn no_share_reads_as_none() {
    check_share("", &[], None);
    check_share("0::/\n", &[("/sys/fs/cgroup/cpu.max", "max 100000\n")], None);
    check_share("0::/\n", &[("/sys/fs/cgroup/cpu.max", "200000\n")], None);
    check_share("0::/\n", &[("/sys/fs/cgroup/cpu.max", "200000 0\n")], None);
    let v1 = [
        ("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n"),
        ("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"),
    ];
    check_share("3:cpu:/\n", &v1, None);
    check_share("3:cpuset:/\n", &v1, None);
}

#[test]
fn the_tightest_share_above_counts() {
    let v2 = [
        ("/sys/fs/cgroup/pod/cpu.max", "150000 100000\n"),
        ("/sys/fs/cgroup/pod/a/cpu.max", "max 100000\n"),
        ("/sys/fs/cgroup/cpu.max", "400000 100000\n"),
    ];
    check_share("0::/pod/a\n", &v2, Some(1.5));
    check_share("0::/\n", &v2, Some(4.0));
    let v1 = [
        ("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n"),
        ("/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"),
    ];
    check_share("6:cpu,cpuacct:/docker/1f\n0::/\n", &v1, Some(0.5));
}
