//! Which grammars are too much.

use super::*;

fn check(source: &str, expected: &str) {
    let found = check_grammar(source).err().unwrap_or_default();
    assert!(found.contains(expected), "{source}: {found:?}");
    assert_eq!(found.is_empty(), expected.is_empty(), "{source}: {found}");
}

#[test]
fn what_multiplies_is_bounded() {
    check(r#"root ::= "a"{1,1024}"#, "");
    check(r#"root ::= "a"{1,1025}"#, "more than 1024 times");
    check(r#"root ::= ("a"{32}){32}"#, "");
    check(r#"root ::= (("a"{32}){32}){2}"#, "more than 1024 times");
    check(r#"root ::= ("a" | "b"{100}){20}"#, "more than 1024 times");
    check(r#"root ::= "a"{99999999999999999999}"#, "is no repetition");
    check(r#"root ::= "a"{4000000000,}"#, "more than 1024 times");
    check(r#"root ::= ("a"*)*"#, "repeats without limit");
    check(r#"root ::= (("a"+ "b")?)+"#, "repeats without limit");
    check(r#"root ::= "a"{2,"#, "has no end");
    check(&"(".repeat(40), "inside each other");
    check(&"a".repeat(20_000), "20000 bytes");
    check("root ::= \"a\0\"", "zero byte");
}

#[test]
fn forms_a_desk_asks_for_are_fine() {
    check(r#"root ::= "yes" | "no""#, "");
    check(
        r#"root ::= "{" ws "\"intent\":" ws ("\"faq\"" | "\"order\"") ("," ws [0-9]{1,12})? "}"
ws ::= [ \t\n]* # (((as much as "you" like
word ::= [a-z(*]+ [^"\\]*"#,
        "",
    );
    check(r#"root ::= ("a" "b"*)? ("c"+ "d")"#, "");
}
