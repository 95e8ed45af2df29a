//! How much a vector loses as bytes, and what a broken one does.

use super::*;

fn unit(seed: u64, width: usize) -> Vec<f32> {
    let mut state = seed;
    let mut vector: Vec<f32> = (0..width)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f32 / 16_777_216.0 - 0.5
        })
        .collect();
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|number| *number /= length);
    vector
}

#[test]
fn the_cosine_survives_coding() {
    for seed in 1..50 {
        let (left, right) = (unit(seed, 384), unit(seed + 100, 384));
        let exact: f32 = left.iter().zip(&right).map(|(a, b)| a * b).sum();
        let coded = Coded::of(&left).cosine(&Coded::of(&right));
        assert!((exact - coded).abs() < 0.005, "{exact} {coded}");
        assert!((Coded::of(&left).cosine(&Coded::of(&left)) - 1.0).abs() < 0.005);
    }
}

#[test]
fn bytes_come_back() {
    let coded = Coded::of(&unit(3, 16));
    assert_eq!(Coded::from_bytes(coded.scale, &coded.bytes()), coded);
}

#[test]
fn what_is_no_vector_is_close_to_nothing() {
    let good = Coded::of(&unit(1, 4));
    for broken in [vec![0.0; 4], vec![f32::NAN; 4], vec![1.0, f32::INFINITY, 0.0, 0.0], vec![1.0]] {
        assert_eq!(Coded::of(&broken).cosine(&good), 0.0, "{broken:?}");
    }
}
