//! Where orders come from, as a person writes it: a file, or a table of a database. Pure.
//!
//! `orders.csv`, `shop.db#orders`, `postgres://reader:secret@127.0.0.1/shop#orders`,
//! `mysql://reader:secret@192.168.1.5:3306/shop#orders`.

use std::path::{Path, PathBuf};

use crate::OrdersError;

/// A place that orders come from. It shows itself without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of rows, imported as a whole.
    File(PathBuf),
    /// A table of a SQLite file, read when asked.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// The table.
        table: String,
    },
    /// A table of a PostgreSQL server, read when asked.
    Postgres {
        /// How the server is reached, with a password.
        url: String,
        /// The table.
        table: String,
    },
    /// A table of a MySQL or MariaDB server, read when asked.
    MySql {
        /// How the server is reached, with a password.
        url: String,
        /// The table.
        table: String,
    },
}

/// Endings of SQLite files.
const SQLITE_ENDINGS: &[&str] = &["db", "db3", "sqlite", "sqlite3"];
/// What stands for a password.
const COVERED: &str = "•••";

impl Place {
    /// Reads what a person wrote.
    pub fn read(text: &str) -> Result<Self, OrdersError> {
        let unclear = || OrdersError::UnclearPlace { place: cover(text) };
        let (before, table) = text.rsplit_once('#').unwrap_or((text, ""));
        let scheme = before.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("postgres" | "postgresql") if !table.is_empty() => {
                Ok(Self::Postgres { url: before.to_owned(), table: table.to_owned() })
            }
            Some("mysql" | "mariadb") if !table.is_empty() => {
                let rest = before.split_once("://").map_or("", |(_, rest)| rest);
                Ok(Self::MySql { url: format!("mysql://{rest}"), table: table.to_owned() })
            }
            Some(_) => Err(unclear()),
            None if is_sqlite(Path::new(before)) && !table.is_empty() => {
                Ok(Self::Sqlite { path: PathBuf::from(before), table: table.to_owned() })
            }
            None if is_sqlite(Path::new(text)) || text.trim().is_empty() => Err(unclear()),
            None => Ok(Self::File(PathBuf::from(text))),
        }
    }

    /// The kind it is kept under.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres { .. } => "postgres",
            Self::MySql { .. } => "mysql",
        }
    }

    /// As [`Place::read`] takes it, password and all. Kept, never shown.
    pub(crate) fn to_connection(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Sqlite { path, table } => format!("{}#{table}", path.display()),
            Self::Postgres { url, table } | Self::MySql { url, table } => format!("{url}#{table}"),
        }
    }

    /// Whether the desk reads it only when somebody asks.
    pub(crate) fn is_read_when_asked(&self) -> bool {
        !matches!(self, Self::File(_))
    }

    /// Whether what is sent could be read on the way: the server is another computer.
    pub(crate) fn crosses_the_network(&self) -> bool {
        match self {
            Self::File(_) | Self::Sqlite { .. } => false,
            Self::Postgres { url, .. } | Self::MySql { url, .. } => {
                let host = host(url);
                !(host.is_empty()
                    || host == "localhost"
                    || host == "[::1]"
                    || host.starts_with("127."))
            }
        }
    }

    /// The words of an error without the password, should a library repeat it.
    pub(crate) fn without_secret(&self, text: &str) -> String {
        match self {
            Self::File(_) | Self::Sqlite { .. } => text.to_owned(),
            Self::Postgres { url, .. } | Self::MySql { url, .. } => match secret(url) {
                Some(secret) if !secret.is_empty() => text.replace(secret, COVERED),
                _ => text.to_owned(),
            },
        }
    }
}

/// The place without its password.
impl std::fmt::Display for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&cover(&self.to_connection()))
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Place({self})")
    }
}

fn is_sqlite(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    SQLITE_ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// What stands between the scheme and the path, without user and password.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.starts_with('[') {
        true => host.split_inclusive(']').next().unwrap_or(host),
        false => host.split(':').next().unwrap_or(host),
    }
}

/// The password in a URL: behind the user's name, or as a parameter.
fn secret(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    if let Some((_, value)) = rest.split_once("password=") {
        return Some(value.split(['&', '#']).next().unwrap_or(value));
    }
    let (user, _) = rest.rsplit_once('@')?;
    user.split_once(':').map(|(_, secret)| secret)
}

fn cover(text: &str) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    match secret(text) {
        Some(secret) if !secret.is_empty() => text.replacen(secret, COVERED, 1),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, kind: &str, shown: &str) {
        let place = Place::read(text).unwrap();
        assert_eq!((place.kind(), place.to_string().as_str()), (kind, shown));
        assert_eq!(Place::read(&place.to_connection()).unwrap(), place);
        assert!(!format!("{place:?}").contains("s3cret"));
    }

    #[test]
    fn places_are_told_apart_and_hide_their_password() {
        check("data/orders.csv", "file", "data/orders.csv");
        check("a#b.csv", "file", "a#b.csv");
        check("shop.db#orders", "sqlite", "shop.db#orders");
        check(
            "postgres://me:s3cret@localhost:5432/shop#public.orders",
            "postgres",
            "postgres://me:•••@localhost:5432/shop#public.orders",
        );
        check(
            "mariadb://me:s3cret@10.0.0.5/shop#orders",
            "mysql",
            "mysql://me:•••@10.0.0.5/shop#orders",
        );
        check(
            "postgres://localhost/shop?user=me&password=s3cret#orders",
            "postgres",
            "postgres://localhost/shop?user=me&password=•••#orders",
        );
        for unclear in ["", "shop.db", "postgres://localhost/shop", "ftp://x/y#z"] {
            assert!(Place::read(unclear).is_err(), "{unclear:?}");
        }
    }

    #[test]
    fn another_computer_is_noticed() {
        let crosses = |text: &str| Place::read(text).unwrap().crosses_the_network();
        assert!(!crosses("mysql://a:b@127.0.0.1:3306/shop#orders"));
        assert!(!crosses("mysql://a:b@[::1]:3306/shop#orders"));
        assert!(crosses("mysql://a:b@192.168.1.5/shop#orders"));
        let place = Place::read("mysql://a:s3cret@h/shop#orders").unwrap();
        assert_eq!(place.without_secret("denied for s3cret"), "denied for •••");
    }
}
