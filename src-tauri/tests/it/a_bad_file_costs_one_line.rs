//! A bad file costs one line of the report, and nothing that was there before.

use commands::wire::{ImportReport, ImportState, Route};
use testkit::TestDesk;

fn check_rejected(report: &ImportReport, says: &str) {
    assert_eq!(report.state, ImportState::Rejected, "{report:?}");
    let error = report.error.as_ref().unwrap_or_else(|| panic!("{report:?}"));
    assert!(error.message.to_lowercase().contains(says), "{error:?}");
    assert!(error.hint.is_some(), "{error:?}");
}

#[test]
fn a_bad_file_costs_one_line_that_says_what_is_wrong() {
    let desk = TestDesk::shop();
    check_rejected(&desk.import_bytes("empty.md", b""), "empty");
    check_rejected(&desk.import_bytes("noise.txt", &[0u8; 4096]), "");
    check_rejected(
        &desk.import_text("table.csv", "order_number,email\n1,a@b.example\n"),
        "question",
    );
    check_rejected(&desk.import_bytes("holiday.xyz", b"text"), "");
    assert_eq!(desk.ask("Do you sell gift cards?").route, Route::Faq);
}

#[test]
fn a_bad_file_costs_one_line_and_its_neighbours_are_read() {
    let desk = TestDesk::empty();
    let folder = desk.data().with_file_name("inbox");
    std::fs::create_dir(&folder).expect("a new folder");
    std::fs::write(folder.join("a.md"), "# Tea\n\nTea costs 3 pounds a pot.\n").expect("written");
    std::fs::write(folder.join("b.md"), [0u8, 159, 146, 150]).expect("written");
    std::fs::write(folder.join("c.txt"), "COFFEE\n\nCoffee costs 4 pounds.\n").expect("written");
    let reports = desk.import_path(&folder);
    let states: Vec<_> = reports.iter().map(|report| report.state).collect();
    assert_eq!(states, [ImportState::Ready, ImportState::Rejected, ImportState::Ready]);
    assert!(desk.ask("What does coffee cost?").answer.contains("4 pounds"));
}

#[test]
fn a_bad_file_costs_one_line_and_a_bad_new_version_keeps_the_old() {
    let desk = TestDesk::shop();
    let before = desk.ask("What does a kayak cost for half a day?").answer;
    assert_eq!(desk.import_bytes("rules.md", &[0u8; 100]).state, ImportState::Rejected);
    assert_eq!(desk.ask("What does a kayak cost for half a day?").answer, before);
}

#[test]
fn a_bad_file_costs_one_line_and_a_file_read_twice_is_there_once() {
    let desk = TestDesk::shop();
    let again = desk.import_text("rules.md", testkit::SHOP_DOCUMENT);
    assert_eq!(again.state, ImportState::Unchanged);
    let changed = testkit::SHOP_DOCUMENT.replace("25 pounds", "27 pounds");
    assert_eq!(desk.import_text("rules.md", &changed).state, ImportState::Ready);
    let answer = desk.ask("What does a kayak cost for half a day?").answer;
    assert!(answer.contains("27 pounds") && !answer.contains("25"), "{answer}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_bad_file_costs_one_line_even_one_that_never_ends() {
    let desk = TestDesk::empty();
    let reports = desk.import_path(std::path::Path::new("/proc/self/mem"));
    assert_eq!(reports[0].state, ImportState::Rejected, "{reports:?}");
}
