//! Reads e-mails: subject and what was written, without what it answers and what is attached.

use mailparse::{DispositionType, MailHeaderMap, ParsedMail};

use crate::document::{Block, Document};
use crate::{DocumentError, html, hygiene, plain};

/// Reads an e-mail, with what staff should know about it.
pub(crate) fn read(bytes: &[u8]) -> Result<(Document, Vec<String>), DocumentError> {
    let mail = mailparse::parse_mail(bytes).map_err(DocumentError::damaged)?;
    if mail.headers.is_empty() {
        return Err(DocumentError::damaged("it has no sender, no date and no subject"));
    }
    let mut warnings = Vec::new();
    let mut parts = Parts::default();
    sort(&mail, &mut parts, &mut warnings);
    let mut document = match (parts.plain, parts.html) {
        (Some(text), _) if !text.trim().is_empty() => {
            plain::read(&hygiene::clean(&own_words(&text)).text)
        }
        (_, Some(page)) => html::read(&hygiene::clean(&without_quotes(&page)).text),
        _ => Document::default(),
    };
    let subject = mail.headers.get_first_value("Subject").unwrap_or_default();
    let subject = hygiene::normalise(&subject);
    if !subject.is_empty() {
        // The first short line of a letter is a greeting and no title.
        demote(&mut document);
        document.title = Some(subject);
    }
    Ok((document, warnings))
}

#[derive(Default)]
struct Parts {
    plain: Option<String>,
    html: Option<String>,
}

fn sort(mail: &ParsedMail<'_>, parts: &mut Parts, warnings: &mut Vec<String>) {
    for part in mail.parts() {
        let disposition = part.get_content_disposition();
        let name = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
        let kind = part.ctype.mimetype.as_str();
        if disposition.disposition == DispositionType::Attachment || name.is_some() {
            let name = name.map_or("without a name", String::as_str);
            warnings.push(format!("the attachment \"{}\" is not read", hygiene::normalise(name)));
        } else if kind == "text/plain" && parts.plain.is_none() {
            parts.plain = part.get_body().ok();
        } else if kind == "text/html" && parts.html.is_none() {
            parts.html = part.get_body().ok();
        }
    }
}

/// Makes a heading that was guessed from the first line a paragraph again.
fn demote(document: &mut Document) {
    if let Some(Block::Heading { level: 1, text }) = document.blocks.first()
        && document.title.as_ref() == Some(text)
    {
        document.blocks[0] = Block::Paragraph(text.clone());
    }
}

/// Lines that begin what was answered, in the languages that mail programs write.
const INTRODUCTIONS: &[(&str, &str)] = &[
    ("on ", "wrote:"),
    ("am ", "schrieb"),
    ("le ", "a écrit"),
    ("el ", "escribió:"),
    ("il ", "ha scritto:"),
    ("op ", "schreef"),
    ("em ", "escreveu:"),
    ("den ", "skrev"),
];

/// Everything from here on is an older letter.
const OLDER: &[&str] = &[
    "-----original message-----",
    "-----ursprüngliche nachricht-----",
    "-----message d'origine-----",
    "-----mensaje original-----",
    "________________________________",
    "begin forwarded message:",
];

/// The letter without the lines it quotes, and without what stands below its signature's mark.
fn own_words(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let lower = line.trim().to_lowercase();
        if *line == "-- " || *line == "--" || OLDER.iter().any(|mark| lower.starts_with(mark)) {
            break;
        }
        if lower.starts_with('>') {
            continue;
        }
        // The introduction may take two lines; a quoted line follows it.
        let quotes = lines[at + 1..].iter().take(3).any(|next| next.trim_start().starts_with('>'));
        let introduces = INTRODUCTIONS.iter().any(|(start, end)| {
            (lower.starts_with(start) && lower.contains(end)) || (quotes && lower.ends_with(end))
        });
        if introduces && (quotes || lower.ends_with(':')) {
            continue;
        }
        kept.push(line);
    }
    kept.join("\n")
}

/// A page up to where a mail program put what it answers.
fn without_quotes(page: &str) -> String {
    const MARKS: &[&str] = &[
        "<blockquote type=\"cite\"",
        "class=\"gmail_quote",
        "id=\"divrplyfwdmsg\"",
        "id=\"appendonsend\"",
        "class=\"moz-cite-prefix\"",
        "class=\"yahoo_quoted\"",
    ];
    let lower = page.to_ascii_lowercase();
    let end = MARKS.iter().filter_map(|mark| lower.find(mark)).min();
    // The mark stands inside a tag, which goes as a whole.
    let end = end.map(|end| {
        lower[..end].rfind('<').filter(|open| !lower[*open..end].contains('>')).unwrap_or(end)
    });
    page[..end.unwrap_or(page.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::lines;

    fn check(mail: &str, title: Option<&str>, expected: &[&str], warnings: &[&str]) {
        let (document, found) = read(mail.as_bytes()).unwrap();
        assert_eq!(document.title.as_deref(), title, "{mail}");
        assert_eq!(lines(&document), expected, "{mail}");
        assert_eq!(found, warnings, "{mail}");
    }

    #[test]
    fn what_was_written_stays() {
        check(
            "From: a@b.example\r\nSubject: =?utf-8?q?R=C3=BCckgabe?=\r\n\r\nHello,\r\n\r\nTents can be \
             returned within 60 days.\r\n\r\n-- \r\nAnna",
            Some("Rückgabe"),
            &["p Hello,", "p Tents can be returned within 60 days."],
            &[],
        );
        check(
            "Subject: Re: Dogs\n\nDogs are welcome.\n\nOn Mon, 2 Nov 2026, Ann\n<a@b.example> wrote:\n> Are \
             dogs allowed?\n> Ann\n\nSee you!",
            Some("Re: Dogs"),
            &["p Dogs are welcome.", "p On Mon, 2 Nov 2026, Ann", "p See you!"],
            &[],
        );
        check(
            "Subject: Dogs\n\nYes.\n\n-----Original Message-----\nFrom: x\nAre dogs allowed?",
            Some("Dogs"),
            &["p Yes."],
            &[],
        );
    }

    #[test]
    fn parts_are_chosen_and_attachments_named() {
        let mail = "Subject: Prices\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: \
            multipart/alternative; boundary=c\n\n--c\nContent-Type: text/html; charset=iso-8859-1\n\
            Content-Transfer-Encoding: quoted-printable\n\n<p>Gr=FCn costs 5.</p><div \
            class=\"gmail_quote\"><p>old</p></div>\n--c--\n--b\nContent-Type: application/pdf; \
            name=\"list.pdf\"\nContent-Disposition: attachment; filename=\"list.pdf\"\n\n%PDF\n--b--\n";
        check(
            mail,
            Some("Prices"),
            &["p Grün costs 5."],
            &["the attachment \"list.pdf\" is not read"],
        );
    }

    #[test]
    fn what_is_no_mail_is_refused() {
        assert!(read(b"\n\njust words").is_err());
    }
}
