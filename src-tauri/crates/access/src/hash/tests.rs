//! What a hash keeps and what it does not.

use super::*;

const CHEAP: Cost = Cost { memory_kib: 64, passes: 1 };

#[test]
fn a_hash_knows_its_secret_and_no_other() {
    let kept = hash("246813", CHEAP).unwrap();
    assert!(is_of(&kept, "246813").unwrap());
    for wrong in ["246814", "24681", "2468130", "", "\u{0}246813"] {
        assert!(!is_of(&kept, wrong).unwrap(), "{wrong:?}");
    }
    assert_ne!(kept, hash("246813", CHEAP).unwrap(), "each has a salt of its own");
}

#[test]
fn a_hash_says_what_it_took() {
    for (memory_bytes, expected) in [
        (0, "$argon2id$v=19$m=65536,t=3,p=1$"),
        (16 << 30, "$argon2id$v=19$m=65536,t=3,p=1$"),
        (4 << 30, "$argon2id$v=19$m=65536,t=3,p=1$"),
        ((4 << 30) - 1, "$argon2id$v=19$m=19456,t=2,p=1$"),
        (1, "$argon2id$v=19$m=19456,t=2,p=1$"),
    ] {
        let kept = hash("246813", Cost::for_memory(memory_bytes)).unwrap();
        assert!(kept.starts_with(expected), "{memory_bytes}: {kept}");
    }
}

#[test]
fn a_damaged_hash_opens_for_nobody() {
    for damaged in ["", "246813", "$argon2id$", "$argon2id$v=19$m=64,t=1,p=1$AAAA$", "$2b$10$x"] {
        assert!(is_of(damaged, "246813").is_err(), "{damaged:?}");
    }
}
