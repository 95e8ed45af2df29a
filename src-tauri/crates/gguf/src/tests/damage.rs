//! Thousands of damaged headers: each is answered, with one short sentence.

use std::io;

use super::*;

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }
}

/// Counts what is read, and fails the test when it is more than there is.
struct Counted<'a>(&'a [u8], usize);

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        self.1 += count;
        Ok(count)
    }
}

fn check_answered(bytes: &[u8]) -> Result<(), Refusal> {
    let mut file = Counted(bytes, 0);
    let answer = check(&mut file, bytes.len() as u64);
    assert!(file.1 <= bytes.len());
    if let Err(refusal) = &answer {
        let said = refusal.to_string();
        assert!(!said.is_empty() && said.len() < 600, "{said}");
        assert!(!said.chars().any(char::is_control), "{said:?}");
    }
    answer
}

#[test]
fn every_truncation_is_refused() {
    let bytes = Model::sound().bytes();
    for length in 0..bytes.len() {
        let said = check_answered(&bytes[..length]).unwrap_err().to_string();
        let expected = if length < 8 { "not a GGUF model" } else { "corrupted or incomplete" };
        assert!(said.contains(expected), "{length}: {said}");
    }
    assert!(check_answered(&bytes).is_ok());
}

#[test]
fn a_file_that_is_shortened_meanwhile_is_refused() {
    let bytes = Model::sound().bytes();
    let refusal = check(&bytes[..100], bytes.len() as u64).unwrap_err();
    assert!(refusal.to_string().contains("corrupted or incomplete"), "{refusal}");
}

#[test]
fn every_header_with_random_bytes_is_answered() {
    const NOTABLE: [u8; 6] = [0, 1, 0x7f, 0x80, 0xfe, 0xff];
    let sound = Model::sound().bytes();
    let header_bytes = sound.len() - Model::sound().weight_bytes;
    let mut numbers = Numbers(7);
    let mut passed = 0;
    for _ in 0..20_000 {
        let mut bytes = sound.clone();
        for _ in 0..1 + numbers.below(4) {
            let at = numbers.below(header_bytes);
            bytes[at] = match numbers.below(3) {
                0 => numbers.next() as u8,
                1 => NOTABLE[numbers.below(NOTABLE.len())],
                _ => bytes[at] ^ 1 << numbers.below(8),
            };
        }
        if numbers.below(4) == 0 {
            bytes.truncate(numbers.below(bytes.len()));
        }
        passed += u32::from(check_answered(&bytes).is_ok());
    }
    // Names and tokens may be anything, so some pass; most bytes mean something.
    assert!((1..10_000).contains(&passed), "{passed}");
}

#[test]
fn every_header_with_a_notable_number_anywhere_is_answered() {
    const NOTABLE: [u64; 6] = [0, 1 << 31, u32::MAX as u64, 1 << 40, i64::MAX as u64, u64::MAX];
    let sound = Model::sound().bytes();
    let header_bytes = sound.len() - Model::sound().weight_bytes;
    for at in 0..header_bytes - 8 {
        for number in NOTABLE {
            let mut bytes = sound.clone();
            bytes[at..at + 8].copy_from_slice(&number.to_le_bytes());
            drop(check_answered(&bytes));
        }
    }
}
