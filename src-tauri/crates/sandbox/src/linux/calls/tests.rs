//! The program that the kernel runs, run here: which calls pass and which do not.

use libc::{BPF_ALU, BPF_AND, BPF_JA, BPF_JGT, BPF_JMP, BPF_RET, c_long};
use libc::{SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO, SECCOMP_RET_KILL_PROCESS};
use seccompiler::{BpfProgram, TargetArch};

use super::{BPF_JEQ, BPF_JGE, BPF_LD, SECOND_NUMBERS, program};

/// The number of the process that locks itself in.
const OWN: u64 = 4711;
const OTHER: u64 = 4712;

const PASSES: u32 = SECCOMP_RET_ALLOW;
const REFUSED: u32 = SECCOMP_RET_ERRNO | libc::EPERM.unsigned_abs();
const ABSENT: u32 = SECCOMP_RET_ERRNO | libc::ENOSYS.unsigned_abs();

/// What the kernel calls this processor in the second word of a call.
#[cfg(target_arch = "x86_64")]
const HERE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const HERE: u32 = 0xc000_00b7;
#[cfg(target_arch = "riscv64")]
const HERE: u32 = 0xc000_00f3;

fn compiled() -> BpfProgram {
    let processor = TargetArch::try_from(std::env::consts::ARCH).unwrap();
    program(processor, u32::try_from(OWN).unwrap()).unwrap()
}

/// Follows the program for one call, as the kernel would.
fn answer(program: &BpfProgram, number: u32, processor: u32, arguments: &[u64]) -> u32 {
    let mut call = vec![number, processor, 0, 0];
    for index in 0..6 {
        let argument = arguments.get(index).copied().unwrap_or_default();
        call.extend([argument as u32, (argument >> 32) as u32]);
    }
    let (mut at, mut word) = (0, 0);
    loop {
        let each = &program[at];
        let code = u32::from(each.code);
        let jump = |is_met: bool| usize::from(if is_met { each.jt } else { each.jf });
        at += 1;
        match code & 0x07 {
            BPF_LD => word = call[each.k as usize / 4],
            BPF_ALU if code & 0xf0 == BPF_AND => word &= each.k,
            BPF_RET => return each.k,
            BPF_JMP => {
                at += match code & 0xf0 {
                    BPF_JA => each.k as usize,
                    BPF_JEQ => jump(word == each.k),
                    BPF_JGE => jump(word >= each.k),
                    BPF_JGT => jump(word > each.k),
                    other => panic!("jump {other:#x}"),
                };
            }
            other => panic!("instruction {other:#x}"),
        }
    }
}

#[track_caller]
fn check_call(call: c_long, arguments: &[u64], expected: u32) {
    let number = u32::try_from(call).unwrap();
    assert_eq!(answer(&compiled(), number, HERE, arguments), expected, "{call} {arguments:?}");
}

fn flags(flags: i32) -> u64 {
    u64::from(flags.cast_unsigned())
}

#[test]
fn work_passes() {
    for call in [
        libc::SYS_read,
        libc::SYS_write,
        libc::SYS_mmap,
        libc::SYS_mprotect,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_exit_group,
        libc::SYS_socketpair,
        libc::SYS_ftruncate,
        libc::SYS_renameat2,
        libc::SYS_unlinkat,
        libc::SYS_clock_gettime,
        libc::SYS_memfd_create,
    ] {
        check_call(call, &[], PASSES);
    }
}

#[test]
fn some_calls_are_always_refused() {
    for call in [
        libc::SYS_socket,
        libc::SYS_connect,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_ptrace,
        libc::SYS_process_vm_writev,
        libc::SYS_io_uring_setup,
        libc::SYS_bpf,
        libc::SYS_mount,
        libc::SYS_unshare,
        libc::SYS_keyctl,
        libc::SYS_fchmodat,
        libc::SYS_truncate,
        libc::SYS_shmget,
    ] {
        check_call(call, &[], REFUSED);
        check_call(call, &[1, 2, 3, 4, 5, 6], REFUSED);
    }
    check_call(libc::SYS_clone3, &[], ABSENT);
    check_call(libc::SYS_openat2, &[], ABSENT);
}

#[test]
fn threads_but_no_processes() {
    let thread = libc::CLONE_VM
        | libc::CLONE_FS
        | libc::CLONE_FILES
        | libc::CLONE_SIGHAND
        | libc::CLONE_THREAD
        | libc::CLONE_SYSVSEM
        | libc::CLONE_SETTLS
        | libc::CLONE_PARENT_SETTID
        | libc::CLONE_CHILD_CLEARTID;
    check_call(libc::SYS_clone, &[flags(thread)], PASSES);
    check_call(libc::SYS_clone, &[flags(libc::SIGCHLD)], REFUSED);
    check_call(libc::SYS_clone, &[flags(libc::CLONE_VM | libc::CLONE_VFORK)], REFUSED);
    check_call(libc::SYS_clone, &[0], REFUSED);
    check_call(libc::SYS_clone, &[flags(libc::CLONE_THREAD) << 32], REFUSED);
    check_call(libc::SYS_clone, &[flags(thread | libc::CLONE_NEWNET)], REFUSED);
    check_call(libc::SYS_clone, &[flags(thread | libc::CLONE_NEWUSER)], REFUSED);
}

#[test]
fn signals_stay_inside() {
    for call in [libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo] {
        check_call(call, &[OWN, 9], PASSES);
        check_call(call, &[OTHER, 9], REFUSED);
        check_call(call, &[0, 9], REFUSED);
        check_call(call, &[u64::MAX, 9], REFUSED);
        // The kernel looks at the lower half only.
        check_call(call, &[OTHER | OWN << 32, 9], REFUSED);
    }
    check_call(libc::SYS_tkill, &[OWN, 9], REFUSED);
    check_call(libc::SYS_fcntl, &[0, flags(libc::F_SETFL), 0], PASSES);
    check_call(libc::SYS_fcntl, &[0, flags(libc::F_SETOWN), OTHER], REFUSED);
    check_call(libc::SYS_ioctl, &[0, 0x5413], PASSES);
    check_call(libc::SYS_ioctl, &[0, 0x5412], REFUSED);
}

#[test]
fn others_keep_their_speed_and_limits() {
    for call in [libc::SYS_sched_setaffinity, libc::SYS_sched_setscheduler] {
        check_call(call, &[0, 8, 1], PASSES);
        check_call(call, &[OWN, 8, 1], PASSES);
        check_call(call, &[OTHER, 8, 1], REFUSED);
    }
    let process = u64::from(libc::PRIO_PROCESS);
    check_call(libc::SYS_setpriority, &[process, 0, 19], PASSES);
    check_call(libc::SYS_setpriority, &[process, OTHER, 19], REFUSED);
    check_call(libc::SYS_setpriority, &[u64::from(libc::PRIO_USER), 0, 19], REFUSED);
    check_call(libc::SYS_prlimit64, &[0, 3, 0, 0x7000_0000_0000], PASSES);
    check_call(libc::SYS_prlimit64, &[0, 3, 0x7000_0000_0000, 0], REFUSED);
    check_call(libc::SYS_prlimit64, &[OTHER, 3, 0, 0x7000_0000_0000], REFUSED);
}

#[test]
fn files_keep_their_length_and_times() {
    let open = |ways: i32, expected: u32| {
        check_call(libc::SYS_openat, &[flags(libc::AT_FDCWD), 1, flags(ways)], expected);
    };
    open(libc::O_RDONLY | libc::O_CLOEXEC, PASSES);
    open(libc::O_WRONLY | libc::O_CREAT | libc::O_TRUNC, PASSES);
    open(libc::O_RDWR | libc::O_TRUNC, PASSES);
    open(libc::O_RDONLY | libc::O_TRUNC, REFUSED);
    open(libc::O_ACCMODE | libc::O_TRUNC, REFUSED);
    check_call(libc::SYS_utimensat, &[7, 0, 0x7000_0000_0000], PASSES);
    check_call(libc::SYS_utimensat, &[flags(libc::AT_FDCWD), 0x7000_0000_0000], REFUSED);
}

#[test]
#[cfg(target_arch = "x86_64")]
fn other_ways_into_the_kernel_are_shut() {
    let program = compiled();
    let second = |call: c_long| u32::try_from(call).unwrap() | SECOND_NUMBERS;
    assert_eq!(answer(&program, second(libc::SYS_socket), HERE, &[]), REFUSED);
    assert_eq!(answer(&program, second(libc::SYS_read), HERE, &[]), REFUSED);
    assert_eq!(answer(&program, SECOND_NUMBERS - 1, HERE, &[]), PASSES);
    // 32-bit x86, where 359 is `socket`.
    assert_eq!(answer(&program, 359, 0x4000_0003, &[]), SECCOMP_RET_KILL_PROCESS);
}
