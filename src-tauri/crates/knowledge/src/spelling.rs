//! Slips of the keyboard.

/// Whether two different words are one slip apart: a letter too many, too few, another one, or
/// two that changed places. The first letter is hardly ever wrong, so it must be the same.
pub(crate) fn is_one_slip(left: &str, right: &str) -> bool {
    if left.len().abs_diff(right.len()) > 4 || left.chars().next() != right.chars().next() {
        return false;
    }
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let same = left.iter().zip(&right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[same..], &right[same..]);
    match (left, right) {
        ([], []) => false,
        ([_, rest @ ..], _) if rest == right => true,
        (_, [_, rest @ ..]) if rest == left => true,
        ([_, left @ ..], [_, right @ ..]) if left == right => true,
        ([a, b, left @ ..], [c, d, right @ ..]) => a == d && b == c && left == right,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: bool) {
        assert_eq!(is_one_slip(left, right), expected, "{left} {right}");
        assert_eq!(is_one_slip(right, left), expected, "{right} {left}");
    }

    #[test]
    fn one_slip_is_seen_and_two_are_not() {
        check("tomorow", "tomorrow", true);
        check("refumd", "refund", true);
        check("refnud", "refund", true);
        check("refunds", "refund", true);
        check("straße", "strase", true);
        check("refund", "refund", false);
        check("erfund", "refund", false);
        check("rfnd", "refund", false);
        check("refudn", "refunds", false);
        check("", "", false);
    }
}
