//! Keys in a keychain, in files, and nowhere else.

use std::collections::HashMap;
use std::sync::Mutex;

use super::*;

/// A keychain in memory, which can be broken.
#[derive(Default)]
struct Chain {
    secrets: Mutex<HashMap<String, String>>,
    is_locked: bool,
}

impl Chain {
    fn check(&self) -> Result<(), String> {
        if self.is_locked { Err("it is locked".into()) } else { Ok(()) }
    }
}

impl Keychain for Chain {
    fn keep(&self, name: &str, secret: &str) -> Result<(), String> {
        self.check()?;
        self.secrets.lock().unwrap().insert(name.into(), secret.into());
        Ok(())
    }

    fn find(&self, name: &str) -> Result<Option<String>, String> {
        self.check()?;
        Ok(self.secrets.lock().unwrap().get(name).cloned())
    }

    fn forget(&self, name: &str) -> Result<(), String> {
        self.check()?;
        self.secrets.lock().unwrap().remove(name);
        Ok(())
    }
}

fn key(text: &str) -> Key {
    Key::read(text).unwrap()
}

fn check_read(text: &str, expected: Option<&str>) {
    assert_eq!(Key::read(text).ok().as_ref().map(Key::text), expected, "{text:?}");
}

#[test]
fn keys_are_read_as_people_paste_them() {
    check_read(" sk-abc_1\n", Some("sk-abc_1"));
    check_read("Bearer sk-abc", Some("sk-abc"));
    check_read("", None);
    check_read("sk abc", None);
    check_read("sk-\u{00e4}", None);
    check_read("sk\r\nx-evil: 1", None);
    check_read(&"k".repeat(4_097), None);
    assert_eq!(format!("{:?}", key("sk-abc")), "Key");
}

#[test]
fn a_keychain_that_works_gets_the_key_and_no_file_does() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::with(folder.path(), Some(Arc::new(Chain::default())));
    assert!(keys.has_keychain());
    assert_eq!(keys.keep("gpu", &key("sk-1")), Ok(KeptIn::Keychain));
    assert_eq!(keys.find("gpu", KeptIn::Keychain), Ok(Some(key("sk-1"))));
    assert!(!folder.path().join("engine-keys").exists());
    keys.forget("gpu", KeptIn::Keychain).unwrap();
    assert_eq!(keys.find("gpu", KeptIn::Keychain), Ok(None));
}

#[test]
fn without_a_keychain_the_key_is_in_a_file_for_this_user_only() {
    let locked: Arc<dyn Keychain> = Arc::new(Chain { is_locked: true, ..Chain::default() });
    for keychain in [None, Some(locked)] {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::with(folder.path(), keychain);
        assert_eq!(keys.keep("gpu", &key("sk-1")), Ok(KeptIn::File));
        assert_eq!(keys.keep("gpu", &key("sk-2")), Ok(KeptIn::File));
        assert_eq!(keys.find("gpu", KeptIn::File), Ok(Some(key("sk-2"))));
        let path = folder.path().join("engine-keys/gpu.key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        }
        keys.forget("gpu", KeptIn::File).unwrap();
        keys.forget("gpu", KeptIn::File).unwrap();
        assert!(!path.exists());
        assert_eq!(keys.find("gpu", KeptIn::File), Ok(None));
    }
}

#[test]
fn a_key_in_a_locked_keychain_is_missed_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let locked = Chain { is_locked: true, ..Chain::default() };
    for keys in [Keys::with(folder.path(), Some(Arc::new(locked))), Keys::with(folder.path(), None)]
    {
        let error = keys.find("gpu", KeptIn::Keychain).unwrap_err();
        assert!(error.to_string().starts_with("the key cannot be used"), "{error}");
        assert!(error.hint().contains("Unlock the keychain"));
    }
}

#[test]
fn an_id_is_no_way_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::with(folder.path(), None);
    for id in ["", "../gpu", "a/b", "A", "."] {
        assert!(keys.keep(id, &key("sk-1")).is_err(), "{id:?}");
    }
}
