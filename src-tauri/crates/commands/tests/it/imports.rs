//! Imports in the background: how far they are, pause, cancel, a restart in the middle.

use std::time::{Duration, Instant};

use commands::wire::{
    Code, ImportFileView, ImportJobState, ImportJobView, ImportState, StaffCommand, StaffReply,
};
use testkit::TestDesk;

fn write_shop(desk: &TestDesk, files: usize) -> String {
    let folder = desk.write("shop.txt", b"x").with_file_name("shop");
    std::fs::create_dir_all(&folder).unwrap();
    for number in 0..files {
        let text = format!("# Shelf {number}\n\nShelf {number} holds ropes of {number} metres.\n");
        std::fs::write(folder.join(format!("{number:04}.md")), text).unwrap();
    }
    folder.to_string_lossy().into_owned()
}

fn start(desk: &TestDesk, path: &str) -> i64 {
    let command = StaffCommand::StartImport { paths: vec![path.into()], faq: false };
    match desk.manage(command).unwrap() {
        StaffReply::ImportStarted { id } => id,
        other => panic!("{other:?}"),
    }
}

fn look(desk: &TestDesk, id: i64) -> (ImportJobView, Vec<ImportFileView>) {
    match desk.manage(StaffCommand::ImportJob { id, offset: 0, limit: 500 }).unwrap() {
        StaffReply::ImportJob { job, files } => (job, files),
        other => panic!("{other:?}"),
    }
}

fn wait_for(desk: &TestDesk, id: i64, wanted: impl Fn(&ImportJobView) -> bool) -> ImportJobView {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let (job, _) = look(desk, id);
        if wanted(&job) {
            return job;
        }
        assert!(Instant::now() < deadline, "{job:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn is_done(job: &ImportJobView) -> bool {
    job.state == ImportJobState::Done
}

#[test]
fn an_import_goes_on_in_the_background_and_keeps_each_files_report() {
    let desk = TestDesk::empty();
    let id = start(&desk, &write_shop(&desk, 40));
    let job = wait_for(&desk, id, is_done);
    assert_eq!((job.files, job.files_done), (40, 40));
    assert_eq!((job.pieces, job.pieces_embedded), (40, 40));
    let (_, files) = look(&desk, id);
    assert!(files.iter().all(|file| file.report.as_ref().unwrap().state == ImportState::Ready));
    let again = start(&desk, &files[7].path);
    wait_for(&desk, again, is_done);
    assert_eq!(look(&desk, again).1[0].report.as_ref().unwrap().state, ImportState::Unchanged);
    let StaffReply::ImportJobs { jobs } = desk.manage(StaffCommand::ImportJobs).unwrap() else {
        panic!("no list")
    };
    assert_eq!(jobs.iter().map(|job| job.id).collect::<Vec<_>>(), [again, id]);
}

#[test]
fn words_are_found_while_no_vector_can_be_made() {
    let desk = TestDesk::empty();
    desk.embedder.set_down(true);
    let id = start(&desk, &write_shop(&desk, 3));
    let job = wait_for(&desk, id, |job| job.files_done == 3);
    assert_eq!((job.pieces, job.pieces_embedded), (3, 0));
    let search = StaffCommand::Search { question: "ropes on shelf 2".into(), top: 1 };
    let StaffReply::Hits { hits } = desk.manage(search).unwrap() else { panic!("no hits") };
    assert!(hits[0].text.contains("Shelf 2"));
    desk.embedder.set_down(false);
    wait_for(&desk, id, |job| job.pieces_embedded == 3);
}

#[test]
fn an_import_can_be_paused_resumed_and_cancelled() {
    let desk = TestDesk::empty();
    let id = start(&desk, &write_shop(&desk, 300));
    wait_for(&desk, id, |job| job.files_done > 2);
    desk.manage(StaffCommand::PauseImport { id }).unwrap();
    assert_eq!(look(&desk, id).0.state, ImportJobState::Paused);
    // The file under way may still end.
    std::thread::sleep(Duration::from_millis(100));
    let paused = look(&desk, id).0.files_done;
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(look(&desk, id).0.files_done, paused);
    assert!(paused < 300);
    desk.manage(StaffCommand::ResumeImport { id }).unwrap();
    wait_for(&desk, id, |job| job.files_done > paused);
    desk.manage(StaffCommand::CancelImport { id }).unwrap();
    let job = look(&desk, id).0;
    assert_eq!(job.state, ImportJobState::Cancelled);
    assert!(job.files_done < 300 && job.pieces > 0, "what was read stays");
    let late = desk.manage(StaffCommand::ResumeImport { id }).unwrap_err();
    assert_eq!(late.code, Code::Unavailable);
}

#[test]
fn a_restart_goes_on_where_the_import_was() {
    let desk = TestDesk::empty();
    let id = start(&desk, &write_shop(&desk, 200));
    wait_for(&desk, id, |job| job.files_done > 2);
    let desk = desk.reopened();
    let job = wait_for(&desk, id, is_done);
    assert_eq!((job.files_done, job.pieces, job.pieces_embedded), (200, 200, 200));
    let states: Vec<ImportState> =
        look(&desk, id).1.into_iter().map(|file| file.report.unwrap().state).collect();
    let ready = states.iter().filter(|state| **state == ImportState::Ready).count();
    assert!(ready >= 199, "only the file under way may have been saved before");
}

#[test]
fn a_path_that_is_none_is_reported_in_its_place() {
    let desk = TestDesk::empty();
    let id = start(&desk, "/nowhere/at/all.md");
    let job = wait_for(&desk, id, is_done);
    assert_eq!((job.files, job.files_done), (1, 1));
    let report = look(&desk, id).1.remove(0).report.unwrap();
    assert_eq!(report.state, ImportState::Rejected);
    assert!(report.error.unwrap().hint.is_some());
}
