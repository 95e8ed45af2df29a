//! Cells are counted exactly, whoever shares them.

use super::*;

fn book() -> Sequences {
    let mut book = Sequences::new(3, 10);
    assert!(book.append(0, &[1, 2, 3, 4]));
    book
}

#[test]
fn sharing_costs_no_cell() {
    let mut book = book();
    book.share(0, 1, 3);
    assert_eq!((book.tokens(1), book.free_cells()), ([1, 2, 3].as_slice(), 6));
    assert!(book.append(1, &[9, 9]));
    assert_eq!(book.free_cells(), 4);
    book.cut(0, 0);
    assert_eq!(book.free_cells(), 5, "the shared three still have a user");
    book.cut(1, 1);
    assert_eq!(book.free_cells(), 9);
    book.clear();
    assert_eq!(book.free_cells(), 10);
}

#[test]
fn shared_cells_are_counted_once() {
    let mut book = book();
    book.share(0, 1, 3);
    assert!(book.append(1, &[9, 9]));
    assert_eq!(book.cells_of(|_| true), 6);
    assert_eq!(book.cells_of(|seq| seq == 1), 5);
    assert_eq!(book.cells_of(|seq| seq == 2), 0);
}

#[test]
fn a_share_takes_the_place_of_what_was_there() {
    let mut book = book();
    assert!(book.append(1, &[7, 7, 7]));
    book.share(0, 1, 100);
    assert_eq!((book.tokens(1), book.free_cells()), ([1, 2, 3, 4].as_slice(), 6));
    book.share(1, 1, 2);
    assert_eq!((book.tokens(1), book.free_cells()), ([1, 2].as_slice(), 6));
}

#[test]
fn more_than_fits_is_refused_and_changes_nothing() {
    let mut book = book();
    assert!(!book.append(1, &[0; 7]));
    assert_eq!((book.tokens(1).len(), book.free_cells()), (0, 6));
    assert!(book.append(1, &[0; 6]));
    assert_eq!(book.free_cells(), 0);
}

fn check_longest(prompt: &[i32], expected: Option<(Seq, usize)>) {
    let mut book = book();
    assert!(book.append(2, &[1, 2, 9]));
    let expected = expected.map(|(seq, tokens)| Beginning { seq, tokens });
    assert_eq!(book.longest(prompt), expected, "{prompt:?}");
}

#[test]
fn the_longest_common_beginning_is_found() {
    check_longest(&[1, 2, 3, 5], Some((0, 3)));
    check_longest(&[1, 2, 9, 9], Some((2, 3)));
    check_longest(&[1, 2, 5], Some((0, 2)));
    check_longest(&[5], None);
    check_longest(&[], None);
}

#[test]
fn the_oldest_goes_first() {
    let mut book = book();
    assert!(book.append(1, &[5]));
    assert_eq!(book.oldest(|_| true), Some(0));
    book.touch(0);
    assert_eq!(book.oldest(|_| true), Some(1));
    assert_eq!(book.oldest(|seq| seq != 1), Some(0));
    assert_eq!(book.oldest(|seq| seq == 2), None, "an empty sequence frees nothing");
}
