//! That nothing is read from a file which is not whole and ours.

use super::*;

const IDENTITY: &str = "the model";
const TOKENS: [i32; 3] = [7, -1, 40_000];
const PAYLOAD: &[u8] = b"keys and values";

fn sample() -> Vec<u8> {
    let mut file = Vec::new();
    write(&mut file, IDENTITY, true, &TOKENS, PAYLOAD).unwrap();
    file
}

fn read(file: &[u8]) -> Result<(Header, Vec<u8>), Refused> {
    read_all(file, file.len() as u64, IDENTITY)
}

#[test]
fn what_was_written_is_read() {
    let file = sample();
    assert_eq!(file.len() as u64, file_bytes(IDENTITY, TOKENS.len(), PAYLOAD.len()));
    let (header, payload) = read(&file).unwrap();
    assert_eq!((header.tokens.as_slice(), header.is_fixed), (&TOKENS[..], true));
    assert_eq!(payload, PAYLOAD);
}

#[test]
fn the_head_is_read_alone() {
    let file = sample();
    let head_bytes = file.len() - PAYLOAD.len() - HASH_BYTES as usize;
    let header = read_header(&file[..head_bytes], file.len() as u64, IDENTITY).unwrap();
    assert_eq!(header, read(&file).unwrap().0);
}

#[test]
fn every_changed_byte_is_refused() {
    let file = sample();
    for place in 0..file.len() {
        for change in [0x01, 0x02, 0x80, 0xff] {
            let mut damaged = file.clone();
            damaged[place] ^= change;
            assert!(read(&damaged).is_err(), "byte {place} changed by {change:#x}");
        }
    }
}

#[test]
fn every_other_length_is_refused() {
    let file = sample();
    for length in 0..file.len() {
        assert!(read(&file[..length]).is_err(), "{length} bytes");
        // The head alone shows it.
        let head = read_header(&file[..length], length as u64, IDENTITY);
        assert!(head.is_err(), "the head of {length} bytes");
        // A file cut off after its size was asked for.
        assert!(read_all(&file[..length], file.len() as u64, IDENTITY).is_err());
    }
    assert!(read(&[&file[..], b"x"].concat()).is_err());
}

#[test]
fn another_identity_is_foreign() {
    let file = sample();
    for identity in ["", "the mode", "the modem", "the model "] {
        let refused = read_all(&file[..], file.len() as u64, identity).unwrap_err();
        assert!(matches!(refused, Refused::Foreign), "{identity:?}: {refused}");
    }
}

/// Replaces bytes of the sample by the largest number.
fn check_hostile_length(place: usize, length: usize) {
    let mut file = sample();
    file[place..place + length].fill(0xff);
    // As if the file were as large as it says: the limits hold still, and no memory is taken.
    for file_bytes in [file.len() as u64, u64::from(u32::MAX) * 8] {
        let refused = read_header(&file[..], file_bytes, IDENTITY).unwrap_err();
        assert!(matches!(refused, Refused::Damaged(_)), "at {place}: {refused}");
    }
}

#[test]
fn hostile_lengths_take_no_memory() {
    let identity_length = MAGIC.len();
    let token_count = identity_length + 4 + IDENTITY.len() + 4;
    let payload_length = token_count + 4 + 4 * TOKENS.len();
    check_hostile_length(identity_length, 4);
    check_hostile_length(token_count, 4);
    check_hostile_length(payload_length, 8);
}
