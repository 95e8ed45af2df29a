//! Somebody else's file: one table of it is read, nothing is written.

use super::*;

fn shop() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE orders(no TEXT, email TEXT, at TEXT DEFAULT (datetime('now'))); CREATE TABLE secrets(word TEXT);
             INSERT INTO orders(no, email) VALUES('HO-1', 'a@b.example'), ('HO-2', NULL);
             INSERT INTO secrets VALUES('swordfish');
             CREATE VIEW open_orders AS SELECT no FROM orders WHERE at >= date('now', '-30 day');",
        )
        .unwrap();
    (folder, path)
}

#[test]
fn the_table_can_be_read() {
    let (_folder, path) = shop();
    let mut table = ForeignTable::open(&path, "ORDERS").unwrap();
    assert_eq!(
        (table.table(), table.columns()),
        ("orders", &["no".to_owned(), "email".to_owned(), "at".to_owned()][..])
    );
    let rows = table.select("SELECT no, email FROM orders WHERE upper(no) IN(?1)", &["HO-2"]);
    assert_eq!(rows.unwrap(), [["HO-2".to_owned(), String::new()]]);
    let mut view = ForeignTable::open(&path, "open_orders").unwrap();
    assert_eq!(view.select("SELECT no FROM open_orders", &[]).unwrap().len(), 2);
}

#[test]
fn nothing_else_can() {
    let (_folder, path) = shop();
    let mut table = ForeignTable::open(&path, "orders").unwrap();
    let before = std::fs::read(&path).unwrap();
    for statement in [
        "SELECT word FROM secrets",
        "SELECT no FROM orders UNION SELECT word FROM secrets",
        "SELECT sql FROM sqlite_schema",
        "DELETE FROM orders",
        "UPDATE orders SET no = 'x'",
        "INSERT INTO orders(no) VALUES('x')",
        "CREATE TABLE more(x)",
        "DROP TABLE orders",
        "PRAGMA query_only = 0",
        "ATTACH 'elsewhere.db' AS other",
        "SELECT load_extension('x')",
        "SELECT * FROM pragma_database_list",
        "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT max(x) FROM r",
    ] {
        assert!(table.select(statement, &[]).is_err(), "{statement}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_not_there_is_not_made() {
    let (folder, path) = shop();
    assert!(ForeignTable::open(&path, "customers").is_err());
    assert!(ForeignTable::open(&path, "sqlite_schema").is_err());
    assert!(ForeignTable::open(&folder.path().join("none.db"), "orders").is_err());
    assert!(!folder.path().join("none.db").exists());
}
