//! The bytes of a tiny file, and reading it back.

use super::{Gguf, Tensor, TensorType, Value, read_tensors};

fn tiny() -> Vec<u8> {
    let mut file = Gguf::default();
    file.set("a", Value::U32(7));
    file.set("b", Value::Texts(vec![b"x".to_vec(), vec![0xff]]));
    file.set("c", Value::Bool(true));
    let bytes = [1f32, 2.0, 3.0].iter().flat_map(|n| n.to_le_bytes()).collect();
    let tensor = Tensor { name: "t".into(), shape: vec![3], kind: TensorType::F32, bytes };
    file.add(tensor).unwrap();
    let tensor =
        Tensor { name: "q".into(), shape: vec![32, 1], kind: TensorType::Q8_0, bytes: vec![5; 34] };
    file.add(tensor).unwrap();
    let mut out = Vec::new();
    file.write(&mut out).unwrap();
    out
}

#[test]
fn the_bytes_of_a_tiny_file() {
    let out = tiny();
    let mut expected: Vec<u8> = Vec::new();
    expected.extend(b"GGUF\x03\0\0\0");
    expected.extend(b"\x02\0\0\0\0\0\0\0\x03\0\0\0\0\0\0\0");
    expected.extend(b"\x01\0\0\0\0\0\0\0a\x04\0\0\0\x07\0\0\0");
    expected.extend(b"\x01\0\0\0\0\0\0\0b\x09\0\0\0\x08\0\0\0\x02\0\0\0\0\0\0\0");
    expected.extend(b"\x01\0\0\0\0\0\0\0x\x01\0\0\0\0\0\0\0\xff");
    expected.extend(b"\x01\0\0\0\0\0\0\0c\x07\0\0\0\x01");
    expected.extend(b"\x01\0\0\0\0\0\0\0t\x01\0\0\0\x03\0\0\0\0\0\0\0");
    expected.extend(b"\0\0\0\0\0\0\0\0\0\0\0\0");
    expected.extend(b"\x01\0\0\0\0\0\0\0q\x02\0\0\0\x20\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0");
    expected.extend(b"\x08\0\0\0\x20\0\0\0\0\0\0\0");
    expected.resize(expected.len().next_multiple_of(32), 0);
    expected.extend(b"\0\0\x80\x3f\0\0\0\x40\0\0\x40\x40");
    expected.resize(expected.len().next_multiple_of(32), 0);
    expected.extend([5; 34]);
    expected.resize(expected.len().next_multiple_of(32), 0);
    assert_eq!(out, expected);
}

#[test]
fn what_was_written_is_read_back() {
    let out = tiny();
    let tensors = read_tensors(&out).unwrap();
    assert_eq!(tensors.len(), 2);
    assert_eq!((tensors[0].name.as_str(), tensors[0].shape.as_slice()), ("t", [3].as_slice()));
    assert_eq!(tensors[0].bytes.len(), 12);
    assert_eq!((tensors[1].kind, tensors[1].bytes), (8, [5; 34].as_slice()));
}

#[test]
fn a_cut_file_is_an_error_at_every_length() {
    let out = tiny();
    let end_of_tensors = out.len() - 30;
    for length in 0..end_of_tensors {
        assert!(read_tensors(&out[..length]).is_err(), "{length}");
    }
    assert!(read_tensors(&out[..end_of_tensors]).is_ok());
}

#[test]
fn bytes_that_do_not_fit_the_shape_are_refused() {
    let check = |shape: &[u64], kind, length| {
        let bytes = vec![0; length];
        Gguf::default().add(Tensor { name: "t".into(), shape: shape.into(), kind, bytes }).is_ok()
    };
    assert!(check(&[32, 2], TensorType::Q4_0, 36));
    assert!(!check(&[32, 2], TensorType::Q4_0, 35));
    assert!(!check(&[33], TensorType::Q8_0, 34));
    assert!(!check(&[2], TensorType::F32, 4));
}
