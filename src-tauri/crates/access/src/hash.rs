//! Argon2id: slow to compute on purpose, so that a stolen file is slow to guess from.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::AccessError;

const SALT_BYTES: usize = 16;
const LITTLE_MEMORY_BYTES: u64 = 4 << 30;

/// What one hash takes. A hash says what it took, so a later change leaves older ones readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// How often that memory is gone through.
    pub passes: u32,
}

impl Cost {
    /// For a computer with so much memory: 64 MiB three times, or 19 MiB twice below 4 GiB. A
    /// computer that does not tell (0) counts as a large one.
    pub fn for_memory(memory_bytes: u64) -> Self {
        match memory_bytes {
            1..LITTLE_MEMORY_BYTES => Self { memory_kib: 19 << 10, passes: 2 },
            _ => Self { memory_kib: 64 << 10, passes: 3 },
        }
    }
}

/// A hash with a salt of its own, as text that begins with `$argon2id$`.
pub(crate) fn hash(secret: &str, cost: Cost) -> Result<String, AccessError> {
    let mut salt = [0_u8; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(|_| AccessError::NoRandomness)?;
    let params = Params::new(cost.memory_kib, cost.passes, 1, None);
    let params = params.map_err(|error| not_computed(&error))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash: PasswordHash = argon2
        .hash_password_with_salt(secret.as_bytes(), &salt)
        .map_err(|error| not_computed(&error))?;
    Ok(hash.to_string())
}

/// Whether this secret gave this hash, in a time that does not tell how much of it was right.
pub(crate) fn is_of(hash: &str, secret: &str) -> Result<bool, AccessError> {
    let hash = PasswordHash::new(hash).map_err(|error| not_computed(&error))?;
    match Argon2::default().verify_password(secret.as_bytes(), &hash) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(not_computed(&error)),
    }
}

fn not_computed(reason: &dyn std::fmt::Display) -> AccessError {
    AccessError::NotComputed { reason: reason.to_string() }
}

#[cfg(test)]
mod tests;
