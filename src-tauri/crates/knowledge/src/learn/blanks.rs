//! Blanks in a starting kit's answers: words such as `[your opening hours]` that only the shop
//! can fill. While one is left, visitors never see the answer.

/// How every blank begins, so that `[PDF]` and links stay what they are.
const OPENING: &str = "[your ";

/// The first blank in a text, brackets and all.
pub fn blank(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(found) = text[from..].find('[') {
        let rest = &text[from + found..];
        from += found + 1;
        let end = rest.find(']')?;
        let whole = &rest[..=end];
        let is_link = rest[end + 1..].starts_with('(');
        let opens = whole.get(..OPENING.len()).is_some_and(|o| o.eq_ignore_ascii_case(OPENING));
        if opens && whole.len() > OPENING.len() + 1 && !is_link {
            return Some(whole);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_blank(text: &str, expected: Option<&str>) {
        assert_eq!(blank(text), expected, "{text:?}");
    }

    #[test]
    fn a_blank_is_what_only_the_shop_can_say() {
        check_blank("We open at [your opening time].", Some("[your opening time]"));
        check_blank("See [1], then [Your price].", Some("[Your price]"));
        check_blank("We open at nine.", None);
        check_blank("Read [PDF] or [your page](https://example.org).", None);
        check_blank("An open [your bracket", None);
        check_blank("[your ]", None);
        check_blank("Größe [你好] [your größe]", Some("[your größe]"));
        check_blank("[é [your x]", Some("[your x]"));
    }
}
