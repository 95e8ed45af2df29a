//! Disks as `/proc/self/mountinfo` lists them.

use super::{disk, is_network};

#[test]
fn the_disk_of_a_folder_that_is_not_made_yet_is_known() {
    let folder = std::env::temp_dir();
    let found = disk(&folder.join("not made").join("yet"));
    assert!(found.free_bytes.is_some_and(|bytes| bytes > 0), "{found:?}");
    assert!(!found.is_read_only, "{found:?}");
    // Other tests write meanwhile.
    let apart = found.free_bytes.unwrap().abs_diff(disk(&folder).free_bytes.unwrap());
    assert!(apart < 1 << 30, "{apart}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_belongs_to_the_longest_place_above_it() {
    let mounts = "\
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
36 22 0:31 / /mnt rw,relatime shared:9 - btrfs /dev/sdb rw
41 36 0:52 / /mnt/shop rw,relatime shared:20 - nfs4 server:/export rw,vers=4.2,addr=10.0.0.2
44 22 0:60 / /media/back\\040office rw,nosuid - cifs //nas/office rw,vers=3.1.1
47 22 0:61 / /home/desk ro master:3 - ext4 /dev/sdc1 ro
48 22 0:62 / /home/desk rw - fuse.sshfs desk@host:/ rw
garbage
";
    let check = |folder: &str, expected: &str| {
        let kind = super::mounted_kind(mounts, folder.as_ref());
        assert_eq!(kind, Some(expected), "{folder}");
    };
    check("/var/lib", "ext4");
    check("/mnt/shopping", "btrfs");
    check("/mnt/shop/desk", "nfs4");
    check("/media/back office", "cifs");
    check("/home/desk", "fuse.sshfs");
    assert_eq!(super::mounted_kind("", "/".as_ref()), None);
}

#[test]
fn disks_of_other_computers_are_told_apart() {
    for kind in ["nfs4", "cifs", "smb3", "fuse.sshfs", "SMBFS"] {
        assert!(is_network(kind), "{kind}");
    }
    for kind in ["ext4", "btrfs", "overlay", "NTFS", "apfs", "tmpfs", "9p", ""] {
        assert!(!is_network(kind), "{kind}");
    }
}
