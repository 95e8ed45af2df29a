//! The login keychain of macOS.

use security_framework::passwords::{
    delete_generic_password, get_generic_password, set_generic_password,
};

use crate::keys::Keychain;

const SERVICE: &str = "io.frontdesk.app";
/// What the system says where there is no such item.
const NOT_FOUND: i32 = -25_300;

/// The login keychain of macOS.
pub(super) struct LoginKeychain;

impl Keychain for LoginKeychain {
    fn keep(&self, name: &str, secret: &str) -> Result<(), String> {
        set_generic_password(SERVICE, name, secret.as_bytes()).map_err(|error| error.to_string())
    }

    fn find(&self, name: &str) -> Result<Option<String>, String> {
        match get_generic_password(SERVICE, name) {
            Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|error| error.to_string()),
            Err(error) if error.code() == NOT_FOUND => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn forget(&self, name: &str) -> Result<(), String> {
        match delete_generic_password(SERVICE, name) {
            Err(error) if error.code() != NOT_FOUND => Err(error.to_string()),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}
