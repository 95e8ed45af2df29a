//! A tiny file, and files that lie.

use super::read_tensors;

fn file(table: &str, data: &[u8]) -> Vec<u8> {
    let mut file = (table.len() as u64).to_le_bytes().to_vec();
    file.extend(table.as_bytes());
    file.extend(data);
    file
}

#[track_caller]
fn check_wrong(file: &[u8], reason: &str) {
    let error = format!("{:#}", read_tensors(file).unwrap_err());
    assert!(error.contains(reason), "{error}");
}

#[test]
fn tensors_are_sorted_and_others_left_out() {
    let file = file(
        r#"{"__metadata__":{"format":"pt"},
            "b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},
            "a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
            "ids":{"dtype":"I64","shape":[1],"data_offsets":[12,20]}}"#,
        &[1; 20],
    );
    let tensors = read_tensors(&file).unwrap();
    let names: Vec<_> = tensors.iter().map(|tensor| tensor.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!((tensors[0].shape.as_slice(), tensors[0].bytes.len()), ([2, 1].as_slice(), 8));
}

#[test]
fn cut_and_lying_files_are_errors() {
    check_wrong(b"", "is cut");
    check_wrong(&[1, 0, 0], "is cut");
    check_wrong(&[0xff; 8], "is cut");
    check_wrong(&9u64.to_le_bytes(), "is cut");
    check_wrong(&file("{", b""), "table of tensors");
    check_wrong(&file("[]", b""), "not an object");
    let one = |about: &str| file(&format!("{{\"a\":{about}}}"), &[0; 8]);
    check_wrong(&one(r#"{"dtype":"F16","shape":[4],"data_offsets":[0,8]}"#), "not understood");
    check_wrong(&one(r#"{"dtype":"F32","shape":[2],"data_offsets":[0,12]}"#), "outside");
    check_wrong(&one(r#"{"dtype":"F32","shape":[2],"data_offsets":[8,0]}"#), "outside");
    check_wrong(&one(r#"{"dtype":"F32","shape":[3],"data_offsets":[0,8]}"#), "8 bytes for");
    check_wrong(&one(r#"{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}"#), "not a whole");
    check_wrong(&one(r#"{"dtype":"F32","shape":[2],"data_offsets":[0]}"#), "two offsets");
    let huge = format!(r#"{{"dtype":"F32","shape":[{0},{0}],"data_offsets":[0,8]}}"#, u64::MAX);
    check_wrong(&one(&huge), "8 bytes for");
}
