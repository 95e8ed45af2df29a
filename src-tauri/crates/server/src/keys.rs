//! The keys of a server: one for staff, one for visitors, and one for programs, which may do what
//! visitors may, and use the models besides.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use commands::wire::Role;
use sha2::{Digest, Sha256};

/// Random bytes in a key.
const BYTES: usize = 24;

/// All keys.
pub struct Keys {
    staff: String,
    visitor: String,
    program: String,
}

impl Keys {
    /// Reads the file, or makes one that only its owner can read.
    ///
    /// Fails with `InvalidData` when the file holds something else.
    pub fn read_or_make(path: &Path) -> io::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let (staff, visitor, program) = parse(&text).ok_or_else(|| {
                    let expected = "lines are expected: `staff KEY`, `visitor KEY` and, for other \
                                    programs, `program KEY`, each key of 20 characters or more";
                    io::Error::new(io::ErrorKind::InvalidData, expected)
                })?;
                let program = match program {
                    Some(program) => program,
                    // A file from before programs had a key.
                    None => {
                        let program = random()?;
                        let mut file = fs::OpenOptions::new().append(true).open(path)?;
                        let line_end = if text.ends_with('\n') { "" } else { "\n" };
                        writeln!(file, "{line_end}program {program}")?;
                        file.sync_all()?;
                        program
                    }
                };
                Ok(Self { staff, visitor, program })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self { staff: random()?, visitor: random()?, program: random()? };
                let mut options = fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(path)?;
                let Self { staff, visitor, program } = &keys;
                writeln!(file, "staff {staff}\nvisitor {visitor}\nprogram {program}")?;
                file.sync_all()?;
                Ok(keys)
            }
            Err(error) => Err(error),
        }
    }

    /// The role of a key; every key takes the same time to be looked at.
    pub(crate) fn role(&self, key: &str) -> Option<Role> {
        let is_staff = same(key, &self.staff);
        let is_visitor = same(key, &self.visitor);
        let is_program = same(key, &self.program);
        match (is_staff, is_visitor | is_program) {
            (true, _) => Some(Role::Staff),
            (_, true) => Some(Role::Visitor),
            (false, false) => None,
        }
    }

    /// Whether a key's bearer may use the models without the desk.
    pub(crate) fn may_use_models(&self, key: &str) -> bool {
        same(key, &self.staff) | same(key, &self.program)
    }

    /// The key that makes its bearer staff.
    pub fn staff(&self) -> &str {
        &self.staff
    }

    /// The key that makes its bearer a visitor.
    pub fn visitor(&self) -> &str {
        &self.visitor
    }

    /// The key for other programs.
    pub fn program(&self) -> &str {
        &self.program
    }
}

/// The keys of a file, for staff, visitors and programs. Lines that are none are somebody's notes.
fn parse(text: &str) -> Option<(String, String, Option<String>)> {
    let written = |name: &str| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix(name))
            .map(|key| key.trim().to_owned())
    };
    let is_key = |key: &String| key.len() >= 20 && key.chars().all(|c| c.is_ascii_alphanumeric());
    let (staff, visitor, program) = (written("staff ")?, written("visitor ")?, written("program "));
    let mut all = vec![&staff, &visitor];
    all.extend(&program);
    let differ = all.iter().enumerate().all(|(index, key)| !all[..index].contains(key));
    (differ && all.into_iter().all(is_key)).then_some((staff, visitor, program))
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
        assert_eq!(parse(text).is_some(), fits, "{text:?}");
    }

    #[test]
    fn only_long_different_keys_will_do() {
        check_parse("staff aaaaaaaaaaaaaaaaaaaa\nvisitor bbbbbbbbbbbbbbbbbbbb\n", true);
        check_parse("staff aaaaaaaaaaaaaaaaaaaa\n", false);
        check_parse("staff short\nvisitor bbbbbbbbbbbbbbbbbbbb\n", false);
        check_parse("staff aaaaaaaaaaaaaaaaaaaa\nvisitor aaaaaaaaaaaaaaaaaaaa\n", false);
        check_parse("", false);
        let two = "staff aaaaaaaaaaaaaaaaaaaa\nvisitor bbbbbbbbbbbbbbbbbbbb\n";
        check_parse(&format!("{two}program cccccccccccccccccccc\n"), true);
        check_parse(&format!("{two}program aaaaaaaaaaaaaaaaaaaa\n"), false);
        check_parse(&format!("{two}program short\n"), false);
    }

    #[test]
    fn a_key_has_one_role() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let keys = Keys::read_or_make(&path).unwrap();
        let again = Keys::read_or_make(&path).unwrap();
        assert_eq!(again.role(keys.staff()), Some(Role::Staff));
        assert_eq!(again.role(keys.visitor()), Some(Role::Visitor));
        assert_eq!(again.role(keys.program()), Some(Role::Visitor));
        assert_eq!(again.role(""), None);
        assert_eq!(again.role(&keys.staff()[1..]), None);
        let may =
            [keys.staff(), keys.program(), keys.visitor(), ""].map(|key| again.may_use_models(key));
        assert_eq!(may, [true, true, false, false]);
    }

    #[test]
    fn an_older_file_keeps_its_keys_and_gets_one_for_programs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let older = "staff aaaaaaaaaaaaaaaaaaaa\nvisitor bbbbbbbbbbbbbbbbbbbb";
        fs::write(&path, older).unwrap();
        let keys = Keys::read_or_make(&path).unwrap();
        assert_eq!(
            (keys.staff(), keys.visitor()),
            ("aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb")
        );
        let written = fs::read_to_string(&path).unwrap();
        assert_eq!(written, format!("{older}\nprogram {}\n", keys.program()));
        assert_eq!(Keys::read_or_make(&path).unwrap().program(), keys.program());
    }
}
