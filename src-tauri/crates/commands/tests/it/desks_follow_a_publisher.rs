//! One desk publishes its knowledge, others follow: all or nothing, and questions go on meanwhile.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use commands::wire::{Code, Route, SettingsChange, StaffCommand, StaffReply};
use commands::{Follow, PublishPack};
use testkit::TestDesk;

/// The desk that publishes, and the folder between it and the others.
struct Publisher {
    desk: TestDesk,
    folder: PathBuf,
}

impl Publisher {
    fn new() -> Self {
        let desk = TestDesk::shop();
        let folder = desk.data().with_file_name("kb");
        Self { desk, folder }
    }

    fn publish(&self) -> (i64, String) {
        let request = PublishPack { folder: self.folder.clone(), with_orders: false };
        let published = self.desk.core.publish_pack(&request).unwrap();
        assert!(published.is_embedded);
        (published.version, published.publisher)
    }

    fn manifest(&self) -> PathBuf {
        self.folder.join("manifest.json")
    }
}

fn follow(desk: &TestDesk, folder: &Path, publisher: &str) -> Result<(), commands::wire::ApiError> {
    desk.core.follow(Follow {
        from: folder.to_string_lossy().into_owned(),
        publisher: publisher.into(),
        every: Duration::from_millis(100),
    })
}

fn wait(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn version(desk: &TestDesk) -> i64 {
    desk.core.following().unwrap().version
}

fn problem(desk: &TestDesk) -> String {
    desk.core.following().unwrap().problem.unwrap_or_default()
}

const GIFT_CARDS: &str = "Do you sell gift cards?";

#[test]
fn a_desk_that_follows_answers_like_the_one_that_publishes() {
    let publisher = Publisher::new();
    let change =
        SettingsChange { refusal: Some("Only about boots.".into()), ..SettingsChange::default() };
    publisher.desk.manage(StaffCommand::ChangeSettings(change)).unwrap();
    let (first, key) = publisher.publish();
    let desk = TestDesk::empty();
    follow(&desk, &publisher.folder, &key).unwrap();
    assert_eq!((version(&desk), desk.core.knowledge_version()), (first, first));
    assert_eq!(publisher.desk.core.knowledge_version(), first, "one line of numbers");
    for question in [GIFT_CARDS, "How long can I return walking boots?", "What is dark matter?"] {
        let (own, followed) = (publisher.desk.ask(question), desk.ask(question));
        assert_eq!((own.route, own.answer), (followed.route, followed.answer), "{question}");
    }
    let StaffReply::Settings(settings) = desk.manage(StaffCommand::Settings).unwrap() else {
        panic!("settings are settings")
    };
    assert_eq!(settings.refusal, "Only about boots.");
}

#[test]
fn what_is_published_later_comes_by_itself_and_goes_back_too() {
    let publisher = Publisher::new();
    let (_, key) = publisher.publish();
    let desk = TestDesk::empty();
    follow(&desk, &publisher.folder, &key).unwrap();
    publisher
        .desk
        .import_text("answers.csv", "question,answer\nDo you sell gift cards?,Not now.\n");
    let (second, _) = publisher.publish();
    wait("the second version is there", || version(&desk) == second);
    assert_eq!(desk.ask(GIFT_CARDS).answer, "Not now.");
    assert_ne!(desk.ask("Is there parking at the shop?").route, Route::Faq, "it went");
    let back = publisher.desk.core.roll_back_pack(&publisher.folder).unwrap();
    assert!(back.version > second && back.kb_version < second);
    wait("the knowledge before is back", || version(&desk) == back.version);
    assert!(desk.ask(GIFT_CARDS).answer.contains("at the till"));
    assert_eq!(desk.ask("Is there parking at the shop?").route, Route::Faq);
    assert_eq!(publisher.desk.ask(GIFT_CARDS).answer, "Not now.", "its own stays");
    let (next, _) = publisher.publish();
    assert!(next > back.version);
}

#[test]
fn questions_are_answered_all_the_while_knowledge_changes() {
    let publisher = Publisher::new();
    let (_, key) = publisher.publish();
    let desk = Arc::new(TestDesk::empty());
    follow(&desk, &publisher.folder, &key).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let asking: Vec<_> = (0..3)
        .map(|_| {
            let (desk, stop) = (desk.clone(), stop.clone());
            std::thread::spawn(move || {
                let mut asked = 0;
                while !stop.load(Ordering::Acquire) {
                    let turn = desk.ask(GIFT_CARDS);
                    assert!(turn.answer.contains("gift cards are sold"), "{turn:?}");
                    asked += 1;
                    // Visitors take a breath, and leave the cores to the desk.
                    std::thread::sleep(Duration::from_millis(5));
                }
                asked
            })
        })
        .collect();
    for edition in 0..5 {
        let table = format!(
            "question,answer\nDo you sell gift cards?,\"Yes, gift cards are sold from {edition}.\"\n"
        );
        publisher.desk.import_text("answers.csv", &table);
        let (published, _) = publisher.publish();
        wait("it is there", || version(&desk) == published);
    }
    stop.store(true, Ordering::Release);
    let asked: u32 = asking.into_iter().map(|thread| thread.join().unwrap()).sum();
    assert!(asked > 8, "{asked}");
}

#[test]
fn what_is_wrong_is_refused_with_its_reason_and_the_old_stays() {
    let publisher = Publisher::new();
    let (first, key) = publisher.publish();
    let desk = TestDesk::empty();
    follow(&desk, &publisher.folder, &key).unwrap();
    let whole = std::fs::read_to_string(publisher.manifest()).unwrap();
    let check = |manifest: &str, expected: &str| {
        std::fs::write(publisher.manifest(), manifest).unwrap();
        wait(expected, || problem(&desk).contains(expected));
        assert_eq!(version(&desk), first);
        assert_eq!(desk.ask(GIFT_CARDS).route, Route::Faq);
    };
    check(&whole.replace("\"size_bytes\": ", "\"size_bytes\": 1"), "changed after it was signed");
    check("no manifest", "cannot be read");
    check(&whole.replace("\"format\": 1", "\"format\": 2"), "of format 2");
    check(&whole.replace(&key, &"0".repeat(64)), "is signed by 000");
    // A publisher goes on from its own manifest alone.
    std::fs::write(publisher.manifest(), &whole).unwrap();
    publisher.desk.import_text("more.md", "# More\n\nThe shop has a lift.\n");
    let (second, _) = publisher.publish();
    wait("the right one is taken", || version(&desk) == second);
    assert_eq!(problem(&desk), "");
    std::fs::write(publisher.manifest(), &whole).unwrap();
    wait("an older one is refused", || problem(&desk).contains("is older than version"));
    assert_eq!((version(&desk), desk.core.knowledge_version()), (second, second));
    std::fs::copy(publisher.folder.join(format!("kb-{second}.json")), publisher.manifest())
        .unwrap();
    wait("the newest one is known", || problem(&desk).is_empty());
}

#[test]
fn a_pack_that_was_cut_short_is_refused() {
    let publisher = Publisher::new();
    let (_, key) = publisher.publish();
    let packs: Vec<PathBuf> = std::fs::read_dir(&publisher.folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "pack"))
        .collect();
    let bytes = std::fs::read(&packs[0]).unwrap();
    std::fs::write(&packs[0], &bytes[..bytes.len() - 1]).unwrap();
    let desk = TestDesk::empty();
    follow(&desk, &publisher.folder, &key).unwrap();
    assert!(problem(&desk).contains("bytes"), "{}", problem(&desk));
    assert_eq!((version(&desk), desk.core.knowledge_version()), (0, 0));
}

#[test]
fn nothing_that_somebody_wrote_is_thrown_away_by_following() {
    let publisher = Publisher::new();
    let (_, key) = publisher.publish();
    let own = TestDesk::shop();
    let refused = follow(&own, &publisher.folder, &key).unwrap_err();
    assert!(refused.message.contains("knowledge of its own"), "{}", refused.message);
    assert!(own.core.following().is_none());
    let wrong = follow(&TestDesk::empty(), &publisher.folder, "no key").unwrap_err();
    assert_eq!(wrong.code, Code::Invalid);
}

#[test]
fn staff_do_not_change_knowledge_that_comes_from_elsewhere() {
    let publisher = Publisher::new();
    let (_, key) = publisher.publish();
    let desk = TestDesk::empty();
    follow(&desk, &publisher.folder, &key).unwrap();
    let add = StaffCommand::AddFaq {
        question: "Is there a lift?".into(),
        answer: "Yes.".into(),
        alternatives: Vec::new(),
    };
    let refused = desk.manage(add).unwrap_err();
    assert_eq!(refused.code, Code::Unavailable);
    assert!(refused.message.contains("comes from"), "{}", refused.message);
    assert!(desk.manage(StaffCommand::Gaps).is_ok(), "what is only looked at goes on");
}

#[test]
fn a_desk_that_is_opened_again_knows_where_it_was() {
    let publisher = Publisher::new();
    let (first, key) = publisher.publish();
    let desk = TestDesk::empty();
    follow(&desk, &publisher.folder, &key).unwrap();
    let desk = desk.reopened();
    assert_eq!(desk.core.knowledge_version(), first);
    let elsewhere = publisher.folder.join("not there");
    follow(&desk, &elsewhere, &key).unwrap();
    assert_eq!(version(&desk), first);
    assert!(problem(&desk).contains("nothing is published"), "{}", problem(&desk));
    assert_eq!(desk.ask(GIFT_CARDS).route, Route::Faq);
}
