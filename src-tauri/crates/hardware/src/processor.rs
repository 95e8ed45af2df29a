//! What the processor answers when it is asked itself.

/// The sets that matter here and that can be asked for, with whether this processor has them.
#[cfg(target_arch = "x86_64")]
fn sets() -> Vec<(&'static str, bool)> {
    use std::arch::is_x86_feature_detected as has;
    vec![
        ("sse4.2", has!("sse4.2")),
        ("avx", has!("avx")),
        ("f16c", has!("f16c")),
        ("fma", has!("fma")),
        ("avx2", has!("avx2")),
        ("avxvnni", has!("avxvnni")),
        ("avx512f", has!("avx512f")),
        ("avx512vnni", has!("avx512vnni")),
        ("avx512bf16", has!("avx512bf16")),
    ]
}

#[cfg(target_arch = "aarch64")]
fn sets() -> Vec<(&'static str, bool)> {
    use std::arch::is_aarch64_feature_detected as has;
    vec![
        ("neon", has!("neon")),
        ("fp16", has!("fp16")),
        ("dotprod", has!("dotprod")),
        ("i8mm", has!("i8mm")),
        ("bf16", has!("bf16")),
        ("sve", has!("sve")),
    ]
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn sets() -> Vec<(&'static str, bool)> {
    Vec::new()
}

/// Whether this processor has an instruction set, by our name for it.
#[cfg(target_os = "linux")]
pub(crate) fn can(name: &str) -> bool {
    sets().contains(&(name, true))
}

/// The instruction sets that this processor has, slowest first.
#[cfg(not(target_os = "linux"))]
pub(crate) fn instructions() -> Vec<String> {
    let has = sets().into_iter().filter(|(_, has)| *has);
    has.map(|(name, _)| name.to_string()).collect()
}
