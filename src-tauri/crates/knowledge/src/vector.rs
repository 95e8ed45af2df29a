//! Vectors as bytes: a quarter of the memory, and a scan that the processor does in one sweep.

/// A vector as signed bytes and one scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Coded {
    pub(crate) scale: f32,
    pub(crate) codes: Vec<i8>,
}

impl Coded {
    /// Codes a vector; one that holds no number at all becomes zeros, which are close to nothing.
    pub(crate) fn of(vector: &[f32]) -> Self {
        let peak = vector.iter().fold(0.0_f32, |peak, number| peak.max(number.abs()));
        if peak == 0.0 || !peak.is_finite() || vector.iter().any(|number| number.is_nan()) {
            return Self { scale: 0.0, codes: vec![0; vector.len()] };
        }
        let scale = peak / 127.0;
        let codes = vector.iter().map(|number| (number / scale).round() as i8).collect();
        Self { scale, codes }
    }

    /// The stored form: one byte for each code.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.codes.iter().map(|code| code.cast_unsigned()).collect()
    }

    /// Back from the stored form.
    pub(crate) fn from_bytes(scale: f32, bytes: &[u8]) -> Self {
        Self { scale, codes: bytes.iter().map(|byte| byte.cast_signed()).collect() }
    }

    /// The numbers again, as well as bytes keep them.
    pub(crate) fn decoded(&self) -> Vec<f32> {
        self.codes.iter().map(|code| f32::from(*code) * self.scale).collect()
    }

    /// The cosine with another unit vector; 0 where the lengths differ.
    pub(crate) fn cosine(&self, other: &Self) -> f32 {
        if self.codes.len() != other.codes.len() {
            return 0.0;
        }
        dot(&self.codes, &other.codes) as f32 * self.scale * other.scale
    }
}

/// The plain loop is the fast one: the compiler turns it into vector instructions.
pub(crate) fn dot(left: &[i8], right: &[i8]) -> i32 {
    left.iter().zip(right).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(test)]
mod tests;
