//! Who gets through the door of a server, and what they may do behind it.

use std::time::{Duration, Instant};

use commands::wire::{
    AccessCommand, ActivateOrders, Ask, BackupCommand, ComputerCommand, ConversationsCommand,
    EngineChange, EnginesCommand, FactsView, FaqStatus, Generation, InsightsCommand, KioskCommand,
    LearningCommand, LookCommand, NetworkCommand, OpeningCommand, PrivacyCommand, SettingsChange,
    SetupCommand, StaffCommand, VisitorCommand,
};
use serde_json::{Value, json};

use crate::desk::{Desk, check_error, skip};
use crate::http::{Reply, Server};

/// One command of each kind. A new kind does not compile until it is in [`staff_commands`] too.
fn is_listed(command: &StaffCommand) -> bool {
    match command {
        StaffCommand::Doctor
        | StaffCommand::Health
        | StaffCommand::Sources
        | StaffCommand::Faqs { .. }
        | StaffCommand::AddFaq { .. }
        | StaffCommand::SetFaqStatus { .. }
        | StaffCommand::ChooseAndImport
        | StaffCommand::Import { .. }
        | StaffCommand::StartImport { .. }
        | StaffCommand::ImportJobs
        | StaffCommand::ImportJob { .. }
        | StaffCommand::PauseImport { .. }
        | StaffCommand::ResumeImport { .. }
        | StaffCommand::CancelImport { .. }
        | StaffCommand::WatchFolder { .. }
        | StaffCommand::UnwatchFolder { .. }
        | StaffCommand::WatchedFolders
        | StaffCommand::RemoveSource { .. }
        | StaffCommand::Gaps
        | StaffCommand::Search { .. }
        | StaffCommand::Learning(_)
        | StaffCommand::Computer(_)
        | StaffCommand::Access(_)
        | StaffCommand::Kiosk(_)
        | StaffCommand::Look(_)
        | StaffCommand::Setup(_)
        | StaffCommand::Conversations(_)
        | StaffCommand::Insights(_)
        | StaffCommand::Opening(_)
        | StaffCommand::Privacy(_)
        | StaffCommand::Network(_)
        | StaffCommand::Engines(_)
        | StaffCommand::Backup(_)
        | StaffCommand::ProposeOrders { .. }
        | StaffCommand::ActivateOrders(_)
        | StaffCommand::OrderSources
        | StaffCommand::RemoveOrderSource { .. }
        | StaffCommand::UnlockOrder { .. }
        | StaffCommand::Calibration
        | StaffCommand::Facts
        | StaffCommand::SaveFacts(_)
        | StaffCommand::Tickets { .. }
        | StaffCommand::Ticket { .. }
        | StaffCommand::TakeTicket { .. }
        | StaffCommand::ReplyTicket { .. }
        | StaffCommand::CloseTicket { .. }
        | StaffCommand::WhyTurn { .. }
        | StaffCommand::ForgetAnswer { .. }
        | StaffCommand::SitExam
        | StaffCommand::Settings
        | StaffCommand::ChangeSettings(_) => true,
    }
}

/// Every staff command and the status that staff get.
fn staff_commands() -> Vec<(StaffCommand, u16)> {
    let settings =
        SettingsChange { generation: Some(Generation::Always), ..SettingsChange::default() };
    vec![
        (StaffCommand::Doctor, 200),
        (StaffCommand::Health, 200),
        (StaffCommand::Sources, 200),
        (StaffCommand::Faqs { contains: "boots".into(), offset: 0, limit: 5 }, 200),
        (
            StaffCommand::AddFaq {
                question: "Is there a lift?".into(),
                answer: "Yes.".into(),
                alternatives: Vec::new(),
            },
            200,
        ),
        (StaffCommand::SetFaqStatus { id: 1, status: FaqStatus::Retired }, 200),
        (StaffCommand::SetFaqStatus { id: 4711, status: FaqStatus::Approved }, 404),
        (StaffCommand::ChooseAndImport, 409),
        (StaffCommand::Import { paths: vec!["nowhere.md".into()] }, 200),
        (StaffCommand::StartImport { paths: vec!["nowhere.md".into()], faq: false }, 200),
        (StaffCommand::ImportJobs, 200),
        (StaffCommand::ImportJob { id: 1, offset: 0, limit: 9 }, 200),
        (StaffCommand::PauseImport { id: 4711 }, 404),
        (StaffCommand::ResumeImport { id: 4711 }, 404),
        (StaffCommand::CancelImport { id: 4711 }, 404),
        (StaffCommand::WatchFolder { path: "nowhere".into() }, 404),
        (StaffCommand::UnwatchFolder { id: 4711, remove_documents: false }, 404),
        (StaffCommand::WatchedFolders, 200),
        (StaffCommand::RemoveSource { id: 2 }, 200),
        (StaffCommand::Gaps, 200),
        (StaffCommand::Calibration, 200),
        (StaffCommand::Search { question: "boots".into(), top: 3 }, 200),
        (StaffCommand::Learning(LearningCommand::GapInbox), 200),
        (StaffCommand::Learning(LearningCommand::KnowledgeDoctor), 200),
        (StaffCommand::Learning(LearningCommand::FaqHistory { id: 4711 }), 404),
        (StaffCommand::Access(AccessCommand::State), 200),
        (StaffCommand::Kiosk(KioskCommand::State), 200),
        (StaffCommand::Look(LookCommand::State), 200),
        (StaffCommand::Setup(SetupCommand::State), 200),
        (StaffCommand::Conversations(ConversationsCommand::State), 200),
        (StaffCommand::Insights(InsightsCommand::State), 200),
        (StaffCommand::Opening(OpeningCommand::State), 200),
        (StaffCommand::Privacy(PrivacyCommand::State), 200),
        (StaffCommand::Network(NetworkCommand::State), 200),
        (StaffCommand::Network(NetworkCommand::Share { on: true, keep: true }), 409),
        (StaffCommand::Network(NetworkCommand::NewKey), 409),
        (StaffCommand::Engines(EnginesCommand::State), 200),
        (StaffCommand::Engines(EnginesCommand::Save(EngineChange::default())), 400),
        (StaffCommand::Engines(EnginesCommand::Test { id: "nowhere".into() }), 404),
        (StaffCommand::Backup(BackupCommand::State), 200),
        (StaffCommand::Computer(ComputerCommand::Overview), 200),
        (StaffCommand::Computer(ComputerCommand::Downloads), 200),
        (StaffCommand::Computer(ComputerCommand::UseModel { id: "nowhere".into() }), 404),
        (StaffCommand::Computer(ComputerCommand::Report), 200),
        (StaffCommand::Computer(ComputerCommand::Log { lines: 9 }), 200),
        (StaffCommand::Computer(ComputerCommand::Licences), 200),
        (StaffCommand::ProposeOrders { from: "ftp://nowhere".into() }, 400),
        (StaffCommand::ActivateOrders(ActivateOrders::default()), 400),
        (StaffCommand::OrderSources, 200),
        (StaffCommand::RemoveOrderSource { id: 4711 }, 404),
        (StaffCommand::UnlockOrder { number: "HO-104106".into() }, 404),
        (StaffCommand::Facts, 200),
        (StaffCommand::SaveFacts(FactsView::default()), 200),
        (StaffCommand::Tickets { open_only: true }, 200),
        (StaffCommand::Ticket { id: 4711 }, 404),
        (StaffCommand::TakeTicket { id: 4711 }, 404),
        (StaffCommand::ReplyTicket { id: 4711, text: "Coming.".into() }, 404),
        (StaffCommand::CloseTicket { id: 4711 }, 404),
        (StaffCommand::WhyTurn { turn_id: 4711 }, 404),
        (StaffCommand::ForgetAnswer { turn_id: 4711 }, 404),
        (StaffCommand::SitExam, 200),
        (StaffCommand::Settings, 200),
        (StaffCommand::ChangeSettings(settings), 200),
    ]
}

fn check_refused(reply: &Reply, status: u16) {
    assert_eq!(reply.status, status, "{}", reply.body);
    let error = reply.json();
    assert!(error["code"].is_string() && error["message"].is_string(), "{error}");
}

#[test]
fn visitors_get_nothing_that_is_for_staff() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let before = server.post("/manage", &server.staff, &json!({ "do": "faqs" })).json();
    for (command, _) in staff_commands() {
        assert!(is_listed(&command));
        let body = serde_json::to_value(&command).unwrap();
        let reply = server.post("/manage", &server.visitor, &body);
        check_refused(&reply, 403);
        assert_eq!(reply.json()["code"], "forbidden", "{body}");
    }
    let unreadable = server.post("/manage", &server.visitor, &json!({ "do": "format_disk" }));
    check_refused(&unreadable, 403);
    let after = server.post("/manage", &server.staff, &json!({ "do": "faqs" })).json();
    assert_eq!(before, after, "nothing was changed");
}

#[test]
fn staff_may_manage() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    for (command, status) in staff_commands() {
        let body = serde_json::to_value(&command).unwrap();
        let reply = server.post("/manage", &server.staff, &body);
        assert_eq!(reply.status, status, "{body}: {}", reply.body);
        match status {
            200 => assert!(reply.json()["is"].is_string(), "{}", reply.body),
            _ => check_error(&reply.json()),
        }
    }
    check_refused(&server.post("/manage", &server.staff, &json!({ "do": "format_disk" })), 422);
}

#[test]
fn nobody_tries_the_exit_pin_from_somewhere_else() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    for key in [&server.visitor, &server.staff] {
        for pin in ["", "246813"] {
            let reply = server.post("/visit", key, &json!({ "do": "unlock", "pin": pin }));
            check_refused(&reply, 403);
        }
        let number = server.post("/visit", key, &json!({ "do": "unlock", "pin": 864_209 }));
        assert!(number.status >= 400 && !number.body.contains("864209"), "{}", number.body);
    }
}

#[test]
fn visitor_commands_are_for_everybody() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    for (key, role) in [(&server.staff, "staff"), (&server.visitor, "visitor")] {
        let visit = |command: VisitorCommand| {
            let body = serde_json::to_value(&command).unwrap();
            let reply = server.post("/visit", key, &body);
            assert_eq!(reply.status, 200, "{body}: {}", reply.body);
            reply
        };
        let desk = visit(VisitorCommand::Greet).json();
        assert_eq!((&desk["is"], &desk["role"]), (&json!("desk"), &json!(role)));
        assert_eq!(visit(VisitorCommand::Logo).json()["is"], json!("logo"));
        let turn = turn(&visit(VisitorCommand::Ask(Ask {
            ask_id: "a".into(),
            question: "Can I return shoes I have worn outside?".into(),
            conversation: Some("c1".into()),
            language: Some("en".into()),
        })));
        let turn_id = turn["turn_id"].as_i64().unwrap();
        visit(VisitorCommand::Rate { turn_id, helpful: true, note: String::new() });
        let passage = visit(VisitorCommand::OpenSource { turn_id, n: 1 }).json();
        assert!(passage["text"].as_str().unwrap().contains("worn outside"), "{passage}");
        visit(VisitorCommand::Cancel { ask_id: "a".into() });
        visit(VisitorCommand::StartOver { conversation: "c1".into() });
        let missing = json!({ "do": "open_source", "turn_id": 4711, "n": 1 });
        check_refused(&server.post("/visit", key, &missing), 404);
    }
}

fn turn(reply: &Reply) -> Value {
    reply.lines().pop().unwrap()["reply"].clone()
}

#[test]
fn the_door_is_closed_to_strangers() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let greet = r#"{"do":"greet"}"#;
    let request = || server.request("POST /visit", &server.visitor, greet);
    assert_eq!(server.send(&request()).status, 200);

    for key in ["", "0123456789012345678901234567890123456789"] {
        check_refused(&server.send(&server.request("POST /visit", key, greet)), 401);
        check_refused(&server.send(&server.request("POST /manage", key, greet)), 401);
    }
    let mut without = request();
    without.headers.remove(0);
    check_refused(&server.send(&without), 401);

    for host in ["rebound.example.com", "127.0.0.1", "localhost:1"] {
        let mut strange = request();
        strange.host = host.into();
        check_refused(&server.send(&strange), 421);
    }
    for origin in ["https://example.com", "null", "http://127.0.0.1:1"] {
        let mut foreign = request();
        foreign.headers.push(("Origin", origin.into()));
        check_refused(&server.send(&foreign), 403);
    }
    let mut own = request();
    own.headers.push(("Origin", format!("http://{}", server.address)));
    assert_eq!(server.send(&own).status, 200);

    let mut form = request();
    form.headers[1].1 = "text/plain".into();
    check_refused(&server.send(&form), 415);

    let mut large = request();
    large.headers.push(("Content-Length", (1 << 20).to_string()));
    check_refused(&server.send(&large), 413);

    check_refused(&server.send(&server.request("POST /visit", &server.visitor, "{")), 400);
    let unknown = r#"{"do":"cancel","ask_id":"a","as":"staff"}"#;
    check_refused(&server.send(&server.request("POST /visit", &server.visitor, unknown)), 422);
}

#[test]
fn pages_bring_their_policy() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let missing = server.get("/no/such/page.html");
    assert_eq!(missing.status, 404);
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    let health = server.get("/health");
    let ok = r#"{"state":"ready","status":"ok"}"#;
    assert_eq!((health.status, health.body.as_str()), (200, ok));
    let front = server.get("/");
    for reply in [&missing, &health, &front] {
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
    if front.status == 404 {
        skip("this program was built without its pages");
        return;
    }
    for path in ["/", "/index.html", "/kiosk.html"] {
        let page = server.get(path);
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, Some("text/html; charset=utf-8"))
        );
        assert!(!page.body.contains(&server.staff) && !page.body.contains(&server.visitor));
    }
}

#[cfg(unix)]
#[test]
fn keys_are_made_for_the_owner_alone_and_used_again() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let first = Server::start(&desk);
    let (staff, visitor) = (first.staff.clone(), first.visitor.clone());
    assert_ne!(staff, visitor);
    let file = desk.data().join("keys");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(first.stop(), (Some(0), String::new()));
    let second = Server::start(&desk);
    assert_eq!((&second.staff, &second.visitor), (&staff, &visitor));
    drop(second);

    std::fs::write(&file, "staff short\n").unwrap();
    let refused = desk.run(&["--json", "serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status, 1);
    assert!(refused.error()["message"].as_str().unwrap().contains("keys"), "{}", refused.stdout);
}

#[cfg(unix)]
#[test]
fn a_polite_end_frees_the_folder() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let ask = json!({ "do": "ask", "question": "Do you service lifejackets?" });
    assert_eq!(server.post("/visit", &server.visitor, &ask).status, 200);
    assert_eq!(server.stop(), (Some(0), String::new()));
    assert_eq!(desk.json(&["doctor"])["data"]["turns"], 1, "the turn was kept");
}

#[cfg(unix)]
#[test]
fn a_silent_connection_does_not_hold_the_end() {
    let desk = Desk::new();
    let server = Server::start(&desk);
    let _silent = std::net::TcpStream::connect(server.address).unwrap();
    assert_eq!(server.get("/health").status, 200, "the silent one was taken before this");
    let began = Instant::now();
    assert_eq!(server.stop(), (Some(0), String::new()));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert_eq!(desk.run(&["doctor"]).status, 0);
}

#[test]
fn a_new_desk_is_healthy_once_the_sample_shop_is_read() {
    let desk = Desk::new();
    let server = Server::start_as_it_is(&desk);
    let began = Instant::now();
    loop {
        let health = server.get("/health");
        if health.status == 200 {
            break;
        }
        let loading = r#"{"state":"warming","status":"loading"}"#;
        assert_eq!((health.status, health.body.as_str()), (503, loading));
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(20));
    }
    let face = server.post("/visit", &server.visitor, &json!({ "do": "greet" })).json();
    assert_eq!(face["preparing"], false);
    assert!(face["documents"].as_u64().unwrap() >= 8, "{face}");
}

#[test]
fn a_port_that_is_taken_is_said() {
    let desk = Desk::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let run = desk.run(&["--json", "serve", "--listen", &address]);
    assert_eq!(run.status, 2);
    assert!(run.error()["message"].as_str().unwrap().contains(&address), "{}", run.stdout);
}
