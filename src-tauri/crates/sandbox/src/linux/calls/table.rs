//! Which calls are refused: always, for some arguments, or as if they did not exist.
//!
//! Every group has its reason. A call that only an administrator may make is listed too, because
//! desks are also run by administrators.

use libc::{c_int, c_long};
use seccompiler::SeccompCmpArgLen::{Dword, Qword};
use seccompiler::SeccompCmpOp::{Eq, MaskedEq, Ne};
use seccompiler::{SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompRule};

/// Numbers that every processor shares and `libc` does not name everywhere.
const FCHMODAT2: c_long = 452;
const SETXATTRAT: c_long = 463;
const REMOVEXATTRAT: c_long = 466;
const OPEN_TREE_ATTR: c_long = 467;
const FILE_SETATTR: c_long = 469;

/// Calls whose arguments lie in memory, where the kernel's filter cannot see them. Their callers
/// know the older calls, whose arguments it can see.
pub(super) const ABSENT: &[c_long] = &[libc::SYS_clone3, libc::SYS_openat2];

/// Refused whatever the arguments are.
pub(super) const REFUSED: &[c_long] = &[
    // Networks and sockets of any kind. A pair of sockets within the process stays possible.
    libc::SYS_socket,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    // Other programs.
    libc::SYS_execve,
    libc::SYS_execveat,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
    // Other processes: their memory, their files, their place in memory. `tkill` names a thread
    // without its process, so it cannot be told whose it is.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_process_mrelease,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_send_signal,
    libc::SYS_kcmp,
    libc::SYS_tkill,
    libc::SYS_ioprio_set,
    libc::SYS_migrate_pages,
    libc::SYS_move_pages,
    // Memory and messages that processes find by a number or a name.
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_msgget,
    libc::SYS_msgsnd,
    libc::SYS_msgrcv,
    libc::SYS_msgctl,
    libc::SYS_semget,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    libc::SYS_semctl,
    libc::SYS_mq_open,
    libc::SYS_mq_unlink,
    // Rights, owners, labels and times of files, which Landlock leaves alone.
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chmod,
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    FCHMODAT2,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lchown,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    SETXATTRAT,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    REMOVEXATTRAT,
    FILE_SETATTR,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utime,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utimes,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_futimesat,
    // Cutting a file short by its name, which the first two versions of Landlock leave alone.
    libc::SYS_truncate,
    // Files without their names.
    libc::SYS_open_by_handle_at,
    libc::SYS_name_to_handle_at,
    // The tree of files and the world the process sees.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_mount_setattr,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    OPEN_TREE_ATTR,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_setns,
    libc::SYS_unshare,
    // Wide doors into the kernel. Much of what is refused here could be done through `io_uring`.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_fanotify_init,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_personality,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_uselib,
    // The computer as a whole.
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    libc::SYS_kexec_file_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    libc::SYS_syslog,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_vhangup,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    // The limits set before.
    libc::SYS_setrlimit,
];

/// Flags with which a new thread would see another world.
const NEW_WORLDS: &[c_int] = &[
    libc::CLONE_NEWNS,
    libc::CLONE_NEWCGROUP,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
];

/// Orders to a file by which the kernel would later send a signal to any process.
const SIGNALLING_ORDERS: &[c_int] =
    &[libc::F_SETOWN, 10 /* F_SETSIG */, 15 /* F_SETOWN_EX */];

/// Orders to a device: who gets its signals, and typing into a terminal for somebody else.
const DEVICE_ORDERS: &[u64] = &[
    0x8901, // FIOSETOWN
    0x8902, // SIOCSPGRP
    0x5412, // TIOCSTI
    0x541c, // TIOCLINUX
];

/// Refused for some arguments. A call may have several rules; any of them refuses it.
pub(super) fn sometimes_refused(own: u32) -> Vec<(c_long, SeccompRule)> {
    let own = u64::from(own);
    let mut refused = Vec::new();
    let mut refuse = |call: c_long, conditions: &[SeccompCondition]| {
        let rule = SeccompRule::new(conditions.to_vec()).expect("every rule has a condition");
        refused.push((call, rule));
    };

    // A new thread is fine, a new process is not.
    refuse(libc::SYS_clone, &[when(0, Dword, MaskedEq(bits(libc::CLONE_THREAD)), 0)]);
    for flag in NEW_WORLDS {
        refuse(libc::SYS_clone, &[when(0, Dword, MaskedEq(bits(*flag)), bits(*flag))]);
    }

    // Signals only to this very process: 0 and negative numbers mean groups, and the parent is in
    // this one's.
    let signals =
        [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo];
    for call in signals {
        refuse(call, &[when(0, Dword, Ne, own)]);
    }
    for order in SIGNALLING_ORDERS {
        refuse(libc::SYS_fcntl, &[when(1, Dword, Eq, bits(*order))]);
    }
    for order in DEVICE_ORDERS {
        refuse(libc::SYS_ioctl, &[when(1, Dword, Eq, *order)]);
    }

    // How fast others run. 0 is the calling thread.
    let speeds = [
        libc::SYS_sched_setaffinity,
        libc::SYS_sched_setattr,
        libc::SYS_sched_setparam,
        libc::SYS_sched_setscheduler,
        libc::SYS_prlimit64,
    ];
    for call in speeds {
        refuse(call, &[when(0, Dword, Ne, 0), when(0, Dword, Ne, own)]);
    }
    refuse(libc::SYS_setpriority, &[when(0, Dword, Ne, u64::from(libc::PRIO_PROCESS))]);
    refuse(libc::SYS_setpriority, &[when(1, Dword, Ne, 0), when(1, Dword, Ne, own)]);

    // Limits may be asked for, not set.
    refuse(libc::SYS_prlimit64, &[when(2, Qword, Ne, 0)]);

    // Times of a file that is open may be set, by name not.
    refuse(libc::SYS_utimensat, &[when(1, Qword, Ne, 0)]);

    // Opening a file only to cut it short, see `SYS_truncate` above. The fourth way of opening, 3,
    // is neither for reading nor for writing, and cuts as well.
    let (cut, ways) = (bits(libc::O_TRUNC), bits(libc::O_ACCMODE));
    let opening = [
        (libc::SYS_openat, 2),
        #[cfg(target_arch = "x86_64")]
        (libc::SYS_open, 1),
    ];
    for (call, argument) in opening {
        for way in [bits(libc::O_RDONLY), ways] {
            refuse(call, &[when(argument, Dword, MaskedEq(cut | ways), cut | way)]);
        }
    }
    refused
}

/// Conditions of one rule must all be met.
fn when(
    argument: u8,
    size: SeccompCmpArgLen,
    comparison: SeccompCmpOp,
    value: u64,
) -> SeccompCondition {
    SeccompCondition::new(argument, size, comparison, value).expect("a call has six arguments")
}

/// The bits of a constant of C, which may use the highest one.
fn bits(flag: c_int) -> u64 {
    u64::from(flag.cast_unsigned())
}
