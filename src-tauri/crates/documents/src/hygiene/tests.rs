//! What stays, what goes, and that cleaning twice is cleaning once.

use super::*;

fn check(text: &str, expected: &str, hidden: usize) {
    let cleaned = clean(text);
    assert_eq!((cleaned.text.as_str(), cleaned.hidden), (expected, hidden), "{text:?}");
}

#[test]
fn hidden_characters_are_counted_and_lines_kept() {
    check("one\r\ntwo\u{200b}\u{202e}\u{e0041}\rthree\u{2028}four", "one\ntwo\nthree\nfour", 3);
    check("soft\u{ad}hyphen", "softhyphen", 0);
    check("ordinary\u{200d}letters", "ordinaryletters", 1);
    check("tab\tand\u{7}bell", "tab\tandbell", 1);
    check("\u{feff}start \u{2066}isolated\u{2069}", "start isolated", 3);
    check(&"\u{200b}".repeat(214), "", 214);
    check("gpj.\u{202e}exe", "gpj.exe", 1);
}

#[test]
fn joiners_stay_where_scripts_need_them() {
    check("می\u{200c}خواهم", "می\u{200c}خواهم", 0);
    check("क्\u{200d}ष", "क्\u{200d}ष", 0);
    check("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧", 0);
    check("❤\u{fe0f}", "❤\u{fe0f}", 0);
    check("a\u{fe0f}\u{fe00}\u{fe01}b", "a\u{fe0f}b", 2);
    check("क\u{200d}", "क", 1);
}

#[test]
fn letters_are_composed_and_marks_limited() {
    check("e\u{301}", "é", 0);
    check("e\u{200b}\u{301}", "é", 1);
    let wall = format!("a{}", "\u{335}".repeat(10_000));
    let cleaned = clean(&wall);
    assert_eq!(cleaned.text.chars().count(), 1 + MARKS);
    assert_eq!(cleaned.hidden, 10_000 - MARKS);
    check("ﷺ İ ﷽", "ﷺ İ ﷽", 0);
}

#[test]
fn removed_characters_are_told() {
    assert_eq!(warning(214).as_deref(), Some("hidden characters removed: 214"));
    assert_eq!(warning(0), None);
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % limit
    }
}

/// Characters that have rules of their own, more often than chance would bring them.
const ODD: &[char] = &[
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{202e}',
    '\u{2066}',
    '\u{e0041}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ad}',
    '\r',
    '\n',
    '\t',
    '\0',
    '\u{85}',
    '\u{301}',
    '\u{327}',
    '\u{34f}',
    '\u{1161}',
    '\u{1100}',
    '\u{11a8}',
    '\u{915}',
    '\u{94d}',
    '\u{645}',
    '\u{6cc}',
    '\u{1f468}',
    'e',
    'A',
    '가',
    '\u{212b}',
    '\u{fb1d}',
    '\u{958}',
    '\u{2126}',
    '\u{1d15e}',
    '\u{115f}',
    '\u{fdfd}',
];

#[test]
fn cleaning_a_clean_text_changes_nothing() {
    let mut numbers = Numbers(20_261_122);
    for _ in 0..120_000 {
        let length = numbers.below(14) as usize;
        let text: String = (0..length)
            .filter_map(|_| match numbers.below(3) {
                0 => char::from_u32(numbers.below(0x11_0000)),
                _ => ODD.get(numbers.below(ODD.len() as u32) as usize).copied(),
            })
            .collect();
        let cleaned = clean(&text);
        assert_eq!(
            clean(&cleaned.text),
            Cleaned { text: cleaned.text.clone(), hidden: 0 },
            "{text:?}"
        );
        assert!(is_nfc(&cleaned.text), "{text:?}");
        for character in cleaned.text.chars() {
            assert!(
                !is_hidden(character) || is_joiner(character),
                "{character:?} survived in {text:?}"
            );
            assert!(!character.is_control() || matches!(character, '\n' | '\t'), "{text:?}");
        }
        let line = normalise(&text);
        assert!(!line.contains(['\n', '\t']), "{text:?}");
    }
}
