//! Seccomp: calls of the kernel that are refused, by one small program that the kernel runs before
//! every call. What is refused stands in [`table`].

mod table;

use std::collections::BTreeMap;
use std::io;

use libc::{BPF_ABS, BPF_JEQ, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, SECCOMP_RET_ERRNO};
use rustix::process::getpid;
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompFilter, SeccompRule, TargetArch, sock_filter,
};

use crate::{Hold, Layer, Report, SandboxError};

/// On 64-bit x86 every call has a second number from here on, for programs with short addresses.
/// Rules that name a number would miss it.
const SECOND_NUMBERS: u32 = 0x4000_0000;

pub(crate) fn confine_calls() -> Result<Report, SandboxError> {
    let own = getpid().as_raw_nonzero().get().unsigned_abs();
    let hold = match TargetArch::try_from(std::env::consts::ARCH) {
        Ok(processor) => lock(&program(processor, own).map_err(failed)?)?,
        Err(_) => Hold::Not("not known for this processor".into()),
    };
    let layers = [Layer::Network, Layer::Processes, Layer::Kernel];
    Ok(Report::new(layers.map(|layer| (layer, hold.clone()))))
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> SandboxError {
    SandboxError::Calls(Box::new(error))
}

/// Binds all threads, or none if one of them cannot be bound.
fn lock(program: &BpfProgram) -> Result<Hold, SandboxError> {
    match seccompiler::apply_filter_all_threads(program) {
        Ok(()) => Ok(Hold::Fully),
        Err(seccompiler::Error::Seccomp(error)) if is_missing(&error) => {
            Ok(Hold::Not("the kernel has no seccomp, or it is kept from this process".into()))
        }
        Err(error) => Err(failed(error)),
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ENOSYS | libc::EINVAL | libc::EPERM))
}

/// What the kernel runs before each call of the process `own`.
fn program(processor: TargetArch, own: u32) -> Result<BpfProgram, BackendError> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for (call, rule) in table::sometimes_refused(own) {
        rules.entry(call).or_default().push(rule);
    }
    // A call without a rule is refused whatever its arguments are.
    rules.extend(table::REFUSED.iter().map(|call| (*call, Vec::new())));
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let body = SeccompFilter::new(rules, SeccompAction::Allow, refuse, processor)?;
    let mut program = head(processor);
    program.extend(BpfProgram::try_from(body)?);
    Ok(program)
}

/// The first instructions: calls that should look as if the kernel were too old for them, and the
/// second numbers.
fn head(processor: TargetArch) -> BpfProgram {
    let mut head = vec![instruction(BPF_LD | BPF_W | BPF_ABS, 0, 0)];
    let mut answer = |test: u32, number: u32, error: i32| {
        head.push(instruction(BPF_JMP | test | BPF_K, 1, number));
        head.push(instruction(BPF_RET | BPF_K, 0, SECCOMP_RET_ERRNO | error.unsigned_abs()));
    };
    for call in table::ABSENT {
        let call = u32::try_from(*call).expect("calls have small numbers");
        answer(BPF_JEQ, call, libc::ENOSYS);
    }
    if processor == TargetArch::x86_64 {
        answer(BPF_JGE, SECOND_NUMBERS, libc::EPERM);
    }
    head
}

/// One instruction; a test that fails skips `skip_if_not` of those that follow.
fn instruction(code: u32, skip_if_not: u8, k: u32) -> sock_filter {
    let code = u16::try_from(code).expect("codes of instructions have 16 bits");
    sock_filter { code, jt: 0, jf: skip_if_not, k }
}

#[cfg(test)]
mod tests;
