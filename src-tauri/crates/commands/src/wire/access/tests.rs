//! Secrets do not show.

use super::*;
use crate::wire::{StaffCommand, VisitorCommand};

#[test]
fn a_pin_is_in_no_printed_command_and_in_no_error() {
    let typed = [
        r#"{"do":"unlock","pin":"864209"}"#,
        r#"{"do":"unlock","pin":864209}"#,
        r#"{"do":"unlock","pin":["864209"]}"#,
    ];
    for json in typed {
        let said = format!("{:?}", serde_json::from_str::<VisitorCommand>(json));
        assert!(!said.contains("864209"), "{said}");
    }
    let set = r#"{"do":"access","what":"set_pin","pin":"864209","old":"246813"}"#;
    let command: StaffCommand = serde_json::from_str(set).unwrap();
    assert_eq!(serde_json::to_string(&command).unwrap(), set);
    assert!(!format!("{command:?}").contains("864209"));
    let saved = AccessReply::Saved { recovery_code: Some("ACDEF".into()) };
    assert!(!format!("{saved:?}").contains("ACDEF"));
    assert_eq!(serde_json::to_string(&saved).unwrap(), r#"{"of":"saved","recovery_code":"ACDEF"}"#);
}
