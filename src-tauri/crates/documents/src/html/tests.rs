//! HTML to blocks, friendly and hostile.

use super::*;
use crate::document::lines;

fn show(source: &str) -> Vec<String> {
    lines(&read(source))
}

fn check(source: &str, expected: &[&str]) {
    assert_eq!(show(source), expected, "{source:?}");
}

#[test]
fn words_stay_and_surroundings_go() {
    check("<h1>Visit us</h1><p>Come <b>in</b>!</p>", &["h1 Visit us", "p Come in!"]);
    check("<nav>Home</nav><header>Shop</header><p>Text.</p><footer>2026</footer>", &["p Text."]);
    check(
        "<article><header><h1>Title</h1></header><p>Text.</p></article>",
        &["h1 Title", "p Text."],
    );
    check(
        "<script>if (a < b) alert('<p>x</p>')</script><style>p{}</style><p>Text.</p>",
        &["p Text."],
    );
    check("<!-- <p>hidden</p> --><p>Text.</p><!-- never closed <p>x</p>", &["p Text."]);
    check("<form><p>The page is in a form.</p></form>", &["p The page is in a form."]);
    check("<p>5 < 6 &amp; 7 &gt; 6</p>", &["p 5 < 6 & 7 > 6"]);
    check("<p title='a > b'>Text.</p>", &["p Text."]);
    check("<div>One</div><div>Two</div>", &["p One", "p Two"]);
    check("<P>Upper<BR>case</P>", &["p Upper\ncase"]);
    check("<p>stars *like* these_and_those</p>", &["p stars *like* these_and_those"]);
}

#[test]
fn lists_and_tables_are_lines() {
    check("<ul><li>one<li>two</ul>", &["l • one / • two"]);
    check("<ol><li><p>first</p></li><li>second</li></ol>", &["l 1. first / 2. second"]);
    check(
        "<table><tr><th>Day<th>Opens<tr><td>Monday<td>9<br>am<tr><td>Sunday<td></table>",
        &["r Day: Monday; Opens: 9 am / Day: Sunday"],
    );
}

#[test]
fn a_page_without_headings_is_named_by_its_title() {
    let title = |source: &str| read(source).title;
    assert_eq!(
        title("<title> Visit us &ndash; Shop</title><p>Text.</p>").as_deref(),
        Some("Visit us – Shop")
    );
    assert_eq!(title("<title>Shop</title><h1>Visit us</h1>").as_deref(), Some("Visit us"));
    assert_eq!(title("<p>Text.</p>"), None);
}

#[test]
fn hostile_pages_end() {
    for tag in
        ["div", "b", "p", "ul><li", "blockquote", "table><tr><td", "font", "a", "svg", "section"]
    {
        let deep = format!("{}word", format!("<{tag}>").repeat(10_000));
        let _read = read(&deep);
        let closed: String = tag.split("><").map(|name| format!("</{name}>")).collect();
        let _read = read(&format!("{deep}{}", closed.repeat(10_000)));
    }
    assert!(show(&format!("{}word", "<blockquote>".repeat(10_000))).concat().contains("word"));
    for odd in [
        "<",
        "<<<<",
        "</",
        "<!",
        "<?",
        "<a",
        "<a href=\"",
        "<p",
        "</p",
        "<title>",
        "<script>",
        "&",
        "&#x;",
        "<!-->x",
    ] {
        let _read = read(&odd.repeat(2_000));
    }
}
