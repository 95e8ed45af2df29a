//! Whether this processor has the instructions that llama.cpp is compiled with. Without this
//! look an old one would end the process at the first step, with nothing to show for it.

use crate::error::Error;

/// Fails on a processor that is too old.
#[cfg(target_arch = "x86_64")]
pub(crate) fn check_processor() -> Result<(), Error> {
    let found = [
        ("AVX2", is_x86_feature_detected!("avx2")),
        ("FMA", is_x86_feature_detected!("fma")),
        ("F16C", is_x86_feature_detected!("f16c")),
        ("BMI2", is_x86_feature_detected!("bmi2")),
    ];
    match found.into_iter().find(|(_, is_there)| !is_there) {
        Some((missing, _)) => Err(Error::Processor { missing }),
        None => Ok(()),
    }
}

/// Other processors have what their builds use.
#[cfg(not(target_arch = "x86_64"))]
pub(crate) fn check_processor() -> Result<(), Error> {
    Ok(())
}
