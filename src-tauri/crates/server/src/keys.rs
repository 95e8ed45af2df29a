//! The keys of a server: one for staff, one for visitors, and one for programs, which may do what
//! visitors may, and use the models besides.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Who;

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
                    None => add_program(path, &text).map_err(|error| {
                        let message = format!("a line `program KEY` has to be added: {error}");
                        io::Error::new(error.kind(), message)
                    })?,
                };
                Ok(Self { staff, visitor, program })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Self { staff: random()?, visitor: random()?, program: random()? };
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
        let keys = Self { visitor: random()?, ..Self::read_or_make(path)? };
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
        let Self { staff, visitor, program } = self;
        writeln!(file, "staff {staff}\nvisitor {visitor}\nprogram {program}")?;
        file.sync_all()
    }

    /// Whose key it is; every key takes the same time to be looked at.
    pub(crate) fn holder(&self, key: &str) -> Option<Who> {
        let is_staff = same(key, &self.staff);
        let is_program = same(key, &self.program);
        let is_visitor = same(key, &self.visitor);
        let holders =
            [(is_staff, Who::Staff), (is_program, Who::Program), (is_visitor, Who::Visitor)];
        holders.into_iter().find_map(|(is_theirs, who)| is_theirs.then_some(who))
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

/// Adds a key for programs to a file with this text.
fn add_program(path: &Path, text: &str) -> io::Result<String> {
    let program = random()?;
    let mut file = fs::OpenOptions::new().append(true).open(path)?;
    let line_end = if text.ends_with('\n') { "" } else { "\n" };
    writeln!(file, "{line_end}program {program}")?;
    file.sync_all()?;
    Ok(program)
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
        assert_eq!(again.holder(keys.staff()), Some(Who::Staff));
        assert_eq!(again.holder(keys.program()), Some(Who::Program));
        assert_eq!(again.holder(keys.visitor()), Some(Who::Visitor));
        assert_eq!(again.holder(""), None);
        assert_eq!(again.holder(&keys.staff()[1..]), None);
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

    #[test]
    fn another_key_for_visitors_leaves_those_of_staff_and_programs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        let before = Keys::read_or_make(&path).unwrap();
        let after = Keys::change_visitor(&path).unwrap();
        let read = Keys::read_or_make(&path).unwrap();
        assert_eq!(read.holder(before.staff()), Some(Who::Staff));
        assert_eq!(read.holder(before.program()), Some(Who::Program));
        assert_eq!(read.holder(after.visitor()), Some(Who::Visitor));
        assert_eq!(read.holder(before.visitor()), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
