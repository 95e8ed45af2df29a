//! Known blocks, and half precision at its edges.

use super::{BLOCK, f16_bits, q8_0};

#[track_caller]
fn check_f16(number: f32, expected: u16) {
    assert_eq!(f16_bits(number), expected, "{number:e}");
}

#[test]
fn half_precision_at_its_edges() {
    check_f16(0.0, 0);
    check_f16(-0.0, 0x8000);
    check_f16(1.0, 0x3c00);
    check_f16(-2.0, 0xc000);
    check_f16(0.1, 0x2e66);
    check_f16(65504.0, 0x7bff);
    check_f16(65519.0, 0x7bff);
    check_f16(65520.0, 0x7c00);
    check_f16(1e9, 0x7c00);
    check_f16(f32::INFINITY, 0x7c00);
    assert!(f16_bits(f32::NAN) & 0x3ff != 0);
    // Ties go to the even neighbour.
    check_f16(1.0 + 1.0 / 2048.0, 0x3c00);
    check_f16(1.0 + 3.0 / 2048.0, 0x3c02);
    // The smallest normal, the largest and the smallest subnormal, and what rounds to nothing.
    check_f16(2f32.powi(-14), 0x0400);
    check_f16(2f32.powi(-14) - 2f32.powi(-24), 0x03ff);
    check_f16(2f32.powi(-24), 0x0001);
    check_f16(2f32.powi(-25), 0x0000);
    check_f16(2f32.powi(-25) * 1.5, 0x0001);
    check_f16(1e-30, 0);
}

#[test]
fn known_blocks() {
    assert_eq!(q8_0(&[0.0; BLOCK]), [0; 34]);

    let mut block = [0f32; BLOCK];
    (block[0], block[1], block[2], block[3]) = (127.0, -127.0, 0.5, -2.5);
    let bytes = q8_0(&block);
    assert_eq!(&bytes[..6], &[0x00, 0x3c, 127, 129, 1, (-3i8) as u8]);
    assert_eq!(&bytes[6..], &[0; 28]);

    assert_eq!(q8_0(&[1.0; 2 * BLOCK]).len(), 68);
    assert!(q8_0(&[1.0; BLOCK - 1]).is_empty());
}
