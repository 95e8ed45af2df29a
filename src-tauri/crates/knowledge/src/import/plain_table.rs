//! A table that holds no questions and answers, as a document of rows: prices, stock, hours.
//!
//! Anything in a document may be told to any visitor, so a table about people is not taken for one.

use documents::{Block, Document, Table, row_text};

use super::FileProblem;
use super::faq_table::columns_shown;
use crate::text;

/// Columns by which a table is about customers and their orders, in the languages people keep them
/// in. A part of a name is enough.
const PERSONAL: &[&str] = &[
    "email",
    "e-mail",
    "mail",
    "phone",
    "telefon",
    "téléphone",
    "teléfono",
    "order",
    "bestell",
    "commande",
    "pedido",
    "ordine",
    "customer",
    "kunde",
    "client",
    "cliente",
    "birth",
    "geburt",
    "iban",
    "surname",
    "last name",
    "nachname",
    "vorname",
    "first name",
    "postcode",
    "zip code",
    "password",
    "passwort",
];

/// Of the rows that are looked at, so many in a hundred hold an address when the table is about
/// people.
const SHARE: usize = 30;
const SAMPLE: usize = 200;

/// The rows of all sheets under the names of these; refused when they are about people.
pub(super) fn document(table: Table) -> Result<Document, FileProblem> {
    if is_personal(&table) {
        let columns = columns_shown(&table);
        return Err(FileProblem::new(format!(
            "this table holds no questions and answers and looks like one of people or orders; its \
             columns are: {columns}"
        ))
        .hint(
            "Import it as orders. A table of answers needs the columns \"question\" and \"answer\".",
        ));
    }
    let mut document = Document::default();
    for sheet in table.sheets {
        if !sheet.name.is_empty() {
            let text = text::normalise(&sheet.name);
            document.blocks.push(Block::Heading { level: 2, text });
        }
        for line in &sheet.above {
            document.blocks.push(Block::Paragraph(line.clone()));
        }
        let header = sheet.header();
        let cells = |row: &Vec<String>| row.iter().map(|cell| text::one_line(cell)).collect();
        let rows: Vec<String> = match sheet.body() {
            [] => vec![row_text(&[], header)],
            rows => rows.iter().map(|row| row_text(header, &cells(row) as &Vec<String>)).collect(),
        };
        let rows: Vec<String> = rows.into_iter().filter(|row| !row.is_empty()).collect();
        if !rows.is_empty() {
            document.blocks.push(Block::Rows(rows));
        }
    }
    Ok(document)
}

fn is_personal(table: &Table) -> bool {
    table.sheets.iter().any(|sheet| {
        let header = sheet.header().iter().map(|name| name.to_lowercase().replace('_', " "));
        let named = header.filter(|name| PERSONAL.iter().any(|part| name.contains(part))).count();
        let rows = &sheet.rows[..sheet.rows.len().min(SAMPLE)];
        let addressed = rows.iter().filter(|row| row.iter().any(|cell| is_address(cell))).count();
        // One such column may be a list of shops; two, or one with addresses in it, are people.
        named >= 2 || (rows.len() > 2 && addressed * 100 >= rows.len() * SHARE)
    })
}

fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    cell.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !cell.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::Sheet;

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows.iter().map(|row| row.iter().map(|cell| cell.to_string()).collect());
        let sheet = Sheet { rows: rows.collect(), ..Sheet::default() };
        Table { sheets: vec![sheet] }
    }

    #[test]
    fn prices_are_rows_and_customers_are_refused() {
        let prices = document(table(&[&["Item", "Price"], &["Kayak", "25\npounds"], &["", ""]]));
        assert_eq!(
            prices.unwrap().blocks,
            [Block::Rows(vec!["Item: Kayak; Price: 25 pounds".into()])]
        );
        for people in [
            table(&[&["order_number", "email"], &["1", "a@b.example"]]),
            table(&[&["Kundennummer", "Nachname"], &["1", "x"]]),
            table(&[&["a", "b"], &["x", "a@b.example"], &["y", "c@d.example"]]),
        ] {
            assert!(document(people).unwrap_err().message.contains("columns are"));
        }
        assert!(document(table(&[&["Shop", "Phone"], &["Oslo", "22 33"]])).is_ok());
    }
}
