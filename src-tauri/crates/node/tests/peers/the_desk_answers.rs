//! The same desk answers through a real llama-server: what the desk checks before and after its
//! model holds for any model.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::http::Server;
use crate::llama_server::{KEY, LlamaServer, tell};

/// Questions that documents of the sample shop answer.
const QUESTIONS: [&str; 12] = [
    "can i return a tent i pitched indoors once",
    "what does it cost to send something back from ireland",
    "how long is the guarantee on ex-rental gear",
    "postage cost to sweden for a 1 kg parcel",
    "how long does shipping to the isle of man take",
    "what does it cost to reroute a parcel already sent",
    "do i have to sign for expensive parcels",
    "how much to replace the zip on my tent door",
    "what does it cost to wash and reproof my raincoat",
    "how long will you keep my repair if i can't pick it up",
    "what does it cost to post my repaired jacket back to me",
    "can i return custom made insoles if they don't fit",
];

fn ask(server: &Server, question: &str) -> Value {
    let ask = json!({ "do": "ask", "ask_id": "a", "question": question });
    let lines = server.post("/visit", &server.visitor, &ask).lines();
    lines.last().unwrap()["reply"].clone()
}

/// A desk that lets the server phrase its answers.
fn open(desk: &Desk, peer: &LlamaServer) -> Server {
    let mut command = desk.llama(&peer.models);
    command.args(["--engine", &peer.base()]).env("FRONTDESK_ENGINE_KEY", KEY);
    let server = Server::run(command);
    let always = json!({ "do": "change_settings", "generation": "always" });
    assert_eq!(server.post("/manage", &server.staff, &always).status, 200);
    server
}

#[test]
fn answers_are_cited_and_only_what_is_supported_is_shown() {
    let Some(peer) = LlamaServer::start() else { return };
    let desk = Desk::new();
    // Whoever asks there waits until everything can be searched by meaning.
    assert_eq!(crate::desk::run(desk.llama(&peer.models).args(["ask", "hello"])).status, 0);
    let server = open(&desk, &peer);
    let turns: Vec<Value> = QUESTIONS.iter().map(|question| ask(&server, question)).collect();
    let mut phrased = 0;
    for turn in &turns {
        let route = turn["route"].as_str().unwrap();
        assert!(["documents", "quote", "faq", "did_you_mean"].contains(&route), "{turn}");
        assert!(!turn["answer"].as_str().unwrap().is_empty(), "{turn}");
        // On a busy computer the server may be too late; then the desk quotes, and says why.
        let is_late = turn["error"]["message"].as_str().is_some_and(|why| why.contains("30 s"));
        assert!(turn["error"].is_null() || (is_late && turn["model"].is_null()), "{turn}");
        if route != "documents" {
            continue;
        }
        phrased += 1;
        assert!(turn["model"].as_str().unwrap().ends_with("@127.0.0.1"), "{turn}");
        assert!(!turn["citations"].as_array().unwrap().is_empty(), "{turn}");
        assert!(turn["tokens"]["generated"].as_u64().unwrap() > 0, "{turn}");
        assert!(turn["timing"]["first_token_ms"].as_f64().unwrap() > 0.0, "{turn}");
    }
    // The small model is often wrong; then the desk quotes.
    assert!(phrased > 0, "{turns:#?}");
    let all = turns.len();
    tell(&format!("{phrased} of {all} answers were phrased by llama-server, the others quoted"));
    let refused = ask(&server, "Explain quantum chromodynamics with gauge symmetry");
    assert_eq!(
        (&refused["route"], &refused["tokens"]["generated"]),
        (&json!("refused"), &json!(0))
    );
    drop(peer);
    let alone = ask(&server, "how long does a repair of my stove take");
    assert!(alone["model"].is_null() && !alone["answer"].as_str().unwrap().is_empty(), "{alone}");
}

#[test]
fn the_command_line_tests_it_and_says_how_fast_it_is() {
    let Some(peer) = LlamaServer::start() else { return };
    let desk = Desk::new();
    let added = desk.json(&["engines", "add", &peer.base(), "--name", "Peer"]);
    let id = added["engines"][0]["id"].as_str().unwrap();
    let key = desk.write("key.txt", KEY);
    desk.json(&["engines", "key", id, "--file", key.to_str().unwrap()]);
    let tested = desk.json(&["engines", "test", id]);
    assert_eq!(tested["server"], "llama-server", "{tested}");
    assert!(tested["first_word_ms"].as_f64().unwrap() > 0.0, "{tested}");
}
