//! Q8_0, with the same bytes as ggml's reference: 32 numbers become an f16 scale and 32 bytes.

/// Numbers in a block.
pub const BLOCK: usize = 32;

/// Quantises whole blocks; a rest of less than [`BLOCK`] numbers is left out.
pub fn q8_0(numbers: &[f32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(numbers.len() / BLOCK * (BLOCK + 2));
    for block in numbers.chunks_exact(BLOCK) {
        let largest = block.iter().fold(0f32, |largest, number| largest.max(number.abs()));
        let scale = largest / 127.0;
        let inverse = if scale == 0.0 { 0.0 } else { 1.0 / scale };
        out.extend(f16_bits(scale).to_le_bytes());
        // Half away from zero, as C's roundf does it.
        out.extend(block.iter().map(|number| (number * inverse).round() as i8 as u8));
    }
    out
}

/// The half-precision bits of a number, rounded to the nearest, ties to even.
fn f16_bits(number: f32) -> u16 {
    let bits = number.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let exponent = ((bits >> 23) & 0xff) as i32 - 127;
    let mantissa = bits & 0x7f_ffff;
    if exponent == 128 {
        return sign | 0x7c00 | u16::from(mantissa != 0) << 9;
    }
    if exponent > 15 {
        return sign | 0x7c00;
    }
    // Below 2^-14 the exponent stays and the mantissa loses bits, the leading one included.
    let (base, kept, dropped) = if exponent >= -14 {
        (((exponent + 15) as u32) << 10, mantissa, 13)
    } else {
        (0, mantissa | 0x80_0000, (-1 - exponent).min(31) as u32)
    };
    let rounded = round_off(kept, dropped);
    // A carry out of the mantissa moves into the exponent, up to infinity, as it should.
    sign | (base + rounded) as u16
}

/// Drops low bits, rounding to the nearest, ties to even.
fn round_off(number: u32, bits: u32) -> u32 {
    let half = 1u32 << (bits - 1);
    let rest = number & ((half << 1) - 1);
    let kept = number >> bits;
    kept + u32::from(rest > half || (rest == half && kept & 1 == 1))
}

#[cfg(test)]
mod tests;
