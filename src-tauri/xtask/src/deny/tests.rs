//! cargo-deny and the notices follow one list of licences.

use crate::notices::licence::ACCEPTABLE;

#[test]
fn one_list_of_licences() {
    let rules = include_str!("../../../../deny.toml");
    let (_, list) = rules.split_once("\nallow = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(allowed, ACCEPTABLE);
}
