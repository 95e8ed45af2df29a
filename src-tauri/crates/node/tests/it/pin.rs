//! A forgotten PIN goes by the command line, and only there.

use serde_json::json;

use crate::desk::{Desk, run};
use crate::http::Server;

#[test]
fn a_forgotten_pin_goes_by_the_command_line() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let set = json!({ "do": "access", "what": "set_pin", "pin": "864209", "old": null });
    let saved = server.post("/manage", &server.staff, &set).json();
    assert_eq!(saved["recovery_code"].as_str().map(str::len), Some(23), "{saved}");
    drop(server);
    assert_eq!(desk.json(&["pin"])["has_pin"], json!(true));
    assert_eq!(desk.json(&["pin", "--forget"]), json!({ "forgotten": true }));
    assert_eq!(desk.json(&["pin", "--forget"]), json!({ "forgotten": false }));
    assert_eq!(run(desk.scripted().args(["pin"])).stdout, "No PIN is set.\n");
}
