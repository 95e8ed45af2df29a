//! The instruction sets that decide how fast a model is read and writes.

/// Our name for an instruction set, and the kernel's, by family. Slowest first.
const SETS: &[(&str, &str)] = &[
    ("sse4.2", "sse4_2"),
    ("avx", "avx"),
    ("f16c", "f16c"),
    ("fma", "fma"),
    ("avx2", "avx2"),
    ("avxvnni", "avx_vnni"),
    ("avx512f", "avx512f"),
    ("avx512vnni", "avx512_vnni"),
    ("avx512bf16", "avx512_bf16"),
    ("neon", "asimd"),
    ("fp16", "asimdhp"),
    ("dotprod", "asimddp"),
    ("i8mm", "i8mm"),
    ("bf16", "bf16"),
    ("sve", "sve"),
];

/// The sets that the kernel lets programs use and that the processor has.
///
/// The two differ where a set is switched off at the start of the system, and where another
/// processor is imitated. `processor` is the text of `/proc/cpuinfo`; without it the processor
/// alone is asked.
pub(super) fn known(processor: &str, can: &dyn Fn(&str) -> bool) -> Vec<String> {
    let flags = processor
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| matches!(name.trim(), "flags" | "Features"))
        .map(|(_, flags)| flags.split_whitespace().collect::<Vec<_>>());
    let may_use = |kernel: &str| flags.as_ref().is_none_or(|flags| flags.contains(&kernel));
    SETS.iter()
        .filter(|(name, kernel)| may_use(kernel) && can(name))
        .map(|(name, _)| (*name).to_string())
        .collect()
}
