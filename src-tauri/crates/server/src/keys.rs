//! The two keys of a server: one for staff, one for visitors.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use commands::wire::Role;
use sha2::{Digest, Sha256};

/// Random bytes in a key.
const BYTES: usize = 24;

/// Both keys.
pub struct Keys {
    staff: String,
    visitor: String,
}

impl Keys {
    /// Reads the file, or makes one that only its owner can read.
    ///
    /// Fails with `InvalidData` when the file holds something else.
    pub fn read_or_make(path: &Path) -> io::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).ok_or_else(|| {
                let expected = "two lines are expected: `staff KEY` and `visitor KEY`, each key \
                                of 20 characters or more";
                io::Error::new(io::ErrorKind::InvalidData, expected)
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self { staff: random()?, visitor: random()? };
                keys.write(path)?;
                Ok(keys)
            }
            Err(error) => Err(error),
        }
    }

    /// Puts another visitors' key into the file; the one before opens nothing any more.
    ///
    /// Servers that run go on with the keys they were started with.
    pub fn change_visitor(path: &Path) -> io::Result<Self> {
        let Self { staff, visitor: _ } = Self::read_or_make(path)?;
        let keys = Self { staff, visitor: random()? };
        let beside = path.with_extension("new");
        match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => keys.write(&beside)?,
        }
        fs::rename(&beside, path)?;
        Ok(keys)
    }

    /// Writes a file that was not there and that only its owner can read.
    fn write(&self, path: &Path) -> io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        writeln!(file, "staff {}\nvisitor {}", self.staff, self.visitor)?;
        file.sync_all()
    }

    fn parse(text: &str) -> Option<Self> {
        let key = |name: &str| {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(name))?;
            let key = line.trim();
            (key.len() >= 20 && key.chars().all(|c| c.is_ascii_alphanumeric()))
                .then(|| key.to_string())
        };
        let (staff, visitor) = (key("staff ")?, key("visitor ")?);
        (staff != visitor).then_some(Self { staff, visitor })
    }

    /// The role of a key; every key takes the same time to be looked at.
    pub(crate) fn role(&self, key: &str) -> Option<Role> {
        let is_staff = same(key, &self.staff);
        let is_visitor = same(key, &self.visitor);
        match (is_staff, is_visitor) {
            (true, _) => Some(Role::Staff),
            (_, true) => Some(Role::Visitor),
            (false, false) => None,
        }
    }

    /// The key that makes its bearer staff.
    pub fn staff(&self) -> &str {
        &self.staff
    }

    /// The key that makes its bearer a visitor.
    pub fn visitor(&self) -> &str {
        &self.visitor
    }
}

/// Compares hashes byte by byte to the end, so that the time tells nothing about the key.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a), Sha256::digest(b));
    a.iter().zip(b.iter()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn random() -> io::Result<String> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_parse(text: &str, fits: bool) {
        assert_eq!(Keys::parse(text).is_some(), fits, "{text:?}");
    }

    #[test]
    fn only_two_long_different_keys_will_do() {
        check_parse("staff aaaaaaaaaaaaaaaaaaaa\nvisitor bbbbbbbbbbbbbbbbbbbb\n", true);
        check_parse("staff aaaaaaaaaaaaaaaaaaaa\n", false);
        check_parse("staff short\nvisitor bbbbbbbbbbbbbbbbbbbb\n", false);
        check_parse("staff aaaaaaaaaaaaaaaaaaaa\nvisitor aaaaaaaaaaaaaaaaaaaa\n", false);
        check_parse("", false);
    }

    #[test]
    fn a_key_has_one_role() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let keys = Keys::read_or_make(&path).unwrap();
        let again = Keys::read_or_make(&path).unwrap();
        assert_eq!(again.role(keys.staff()), Some(Role::Staff));
        assert_eq!(again.role(keys.visitor()), Some(Role::Visitor));
        assert_eq!(again.role(""), None);
        assert_eq!(again.role(&keys.staff()[1..]), None);
    }

    #[test]
    fn another_key_for_visitors_leaves_that_of_the_staff() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let before = Keys::read_or_make(&path).unwrap();
        let after = Keys::change_visitor(&path).unwrap();
        let read = Keys::read_or_make(&path).unwrap();
        assert_eq!(read.role(before.staff()), Some(Role::Staff));
        assert_eq!(read.role(after.visitor()), Some(Role::Visitor));
        assert_eq!(read.role(before.visitor()), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
