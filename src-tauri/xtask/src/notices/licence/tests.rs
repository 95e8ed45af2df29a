//! Expressions as they are found in the wild.

use super::is_acceptable;

#[test]
fn expressions() {
    let check = |expression: &str, expected| {
        assert_eq!(is_acceptable(expression), expected, "{expression}");
    };
    check("MIT", true);
    check("MIT OR Apache-2.0", true);
    check("MIT/Apache-2.0", true);
    check("GPL-3.0-only", false);
    check("GPL-3.0-only OR MIT", true);
    check("MIT AND GPL-3.0-only", false);
    check("(MIT OR Apache-2.0) AND Unicode-3.0", true);
    check("(MIT OR Apache-2.0) AND LGPL-2.1", false);
    check("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true);
    check("GPL-2.0 WITH Classpath-exception-2.0", false);
    check("", false);
    check("MIT WITH", false);
    check("MIT Apache-2.0", false);
    check("(MIT", false);
}
