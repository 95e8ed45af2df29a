//! A hand-made file of four pieces and one tensor.

use super::read;

/// The smallest file with everything in it; `block` and `unknown` can be made wrong.
fn tiny(block: i32, unknown: i32) -> Vec<u8> {
    let mut file = b"E5S1\x01\0\0\0".to_vec();
    for number in [32i32, 1, 2, 64, 5, 8, 1] {
        file.extend(number.to_le_bytes());
    }
    file.extend(1e-12f32.to_le_bytes());
    file.extend(block.to_le_bytes());
    for number in [4i32, 0, 2, 1, unknown] {
        file.extend(number.to_le_bytes());
    }
    file.extend(6u64.to_le_bytes());
    for offset in [0u32, 1, 2, 3, 6] {
        file.extend(offset.to_le_bytes());
    }
    for score in [0f32, 0.0, 0.0, -1.5] {
        file.extend(score.to_le_bytes());
    }
    file.extend(b"abcxyz");
    file.extend(1i32.to_le_bytes());
    file.extend(2u32.to_le_bytes());
    file.extend(b"nm");
    file.extend(1i32.to_le_bytes());
    file.extend(3u16.to_le_bytes());
    file.extend(b"q.w");
    file.push(1);
    file.extend(32u32.to_le_bytes());
    let offset = file.len() as u64 + 16;
    file.extend(offset.to_le_bytes());
    file.extend(18u64.to_le_bytes());
    file.extend([9; 18]);
    file
}

#[test]
fn a_tiny_file() {
    let file = tiny(32, 3);
    let model = read(&file).unwrap();
    assert_eq!((model.width, model.layers, model.heads, model.inner_width), (32, 1, 2, 64));
    assert_eq!((model.vocabulary, model.positions, model.token_types), (5, 8, 1));
    assert_eq!((model.begin, model.end, model.pad, model.unknown), (0, 2, 1, 3));
    assert_eq!(model.pieces, [&b"a"[..], b"b", b"c", b"xyz"]);
    assert_eq!(model.scores, [0.0, 0.0, 0.0, -1.5]);
    assert_eq!(model.tensor("q.w", 18).unwrap(), [9; 18]);
    assert!(model.tensor("q.w", 19).is_err());
    assert!(model.tensor("k.w", 1).is_err());
}

#[test]
fn cut_and_wrong_files_are_errors() {
    let file = tiny(32, 3);
    for length in 0..file.len() - 18 {
        assert!(read(&file[..length]).is_err(), "{length}");
    }
    assert!(read(&tiny(64, 3)).unwrap_err().to_string().contains("64"));
    assert!(read(&tiny(32, 4)).unwrap_err().to_string().contains("unknown piece 4"));
    assert!(read(b"E5S2").is_err());
}
