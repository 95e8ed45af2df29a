//! Watched folders: files that come, change and go; a share that is away.

use std::fs;
use std::path::PathBuf;

use commands::wire::{Code, StaffCommand, StaffReply, WatchedFolderView};
use testkit::TestDesk;

struct Watched {
    desk: TestDesk,
    folder: PathBuf,
    id: i64,
}

impl Watched {
    fn new() -> Self {
        let desk = TestDesk::empty();
        let folder = desk.write("x", b"x").with_file_name("share");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("ropes.md"), "# Ropes\n\nRopes are sold by the metre.\n").unwrap();
        fs::write(folder.join("tents.md"), "# Tents\n\nTents can be returned.\n").unwrap();
        let path = folder.to_string_lossy().into_owned();
        let reply = desk.manage(StaffCommand::WatchFolder { path }).unwrap();
        let StaffReply::Added { id } = reply else { panic!("{reply:?}") };
        let watched = Self { desk, folder, id };
        watched.look();
        watched
    }

    fn look(&self) {
        self.desk.core.look_at_folders().unwrap();
        self.desk.core.settle();
    }

    fn sources(&self) -> Vec<String> {
        match self.desk.manage(StaffCommand::Sources).unwrap() {
            StaffReply::Sources { sources } => sources.into_iter().map(|it| it.source).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn view(&self) -> WatchedFolderView {
        match self.desk.manage(StaffCommand::WatchedFolders).unwrap() {
            StaffReply::WatchedFolders { mut folders } => folders.remove(0),
            other => panic!("{other:?}"),
        }
    }

    fn finds(&self, question: &str, words: &str) -> bool {
        let search = StaffCommand::Search { question: question.into(), top: 5 };
        match self.desk.manage(search).unwrap() {
            StaffReply::Hits { hits } => hits.iter().any(|hit| hit.text.contains(words)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn files_that_come_change_and_go_are_followed() {
    let watched = Watched::new();
    assert_eq!(watched.sources(), ["ropes.md", "tents.md"]);
    fs::write(watched.folder.join("knots.md"), "# Knots\n\nKnots are taught on Friday.\n").unwrap();
    fs::write(watched.folder.join("ropes.md"), "# Ropes\n\nRopes are sold by weight now.\n")
        .unwrap();
    fs::remove_file(watched.folder.join("tents.md")).unwrap();
    watched.look();
    assert_eq!(watched.sources(), ["knots.md", "ropes.md"]);
    assert!(watched.finds("how are ropes sold", "by weight"));
    assert!(!watched.finds("how are ropes sold", "by the metre"));
    assert!(watched.finds("when are knots taught", "Friday"));
    let view = watched.view();
    assert_eq!((view.files, view.problem), (2, None));
    assert!(view.scanned_at.is_some());
}

#[test]
fn a_folder_that_is_away_takes_nothing_with_it() {
    let watched = Watched::new();
    let away = watched.folder.with_file_name("away");
    fs::rename(&watched.folder, &away).unwrap();
    watched.look();
    assert_eq!(watched.sources().len(), 2);
    assert!(watched.view().problem.unwrap().contains("cannot be reached"));
    // The place where a share is mounted is there, and empty, while the share is not.
    fs::create_dir(&watched.folder).unwrap();
    watched.look();
    assert_eq!(watched.sources().len(), 2);
    assert!(watched.view().problem.unwrap().contains("not connected"));
    fs::remove_dir(&watched.folder).unwrap();
    fs::rename(&away, &watched.folder).unwrap();
    watched.look();
    assert_eq!((watched.sources().len(), watched.view().problem), (2, None));
}

#[test]
fn a_folder_is_let_go_with_or_without_its_documents() {
    for (remove_documents, left) in [(false, 2), (true, 0)] {
        let watched = Watched::new();
        let unwatch = StaffCommand::UnwatchFolder { id: watched.id, remove_documents };
        watched.desk.manage(unwatch.clone()).unwrap();
        assert_eq!(watched.sources().len(), left);
        assert_eq!(watched.desk.manage(unwatch).unwrap_err().code, Code::NotFound);
        fs::remove_file(watched.folder.join("ropes.md")).unwrap();
        watched.look();
        assert_eq!(watched.sources().len(), left, "nobody looks any more");
    }
}

#[test]
fn only_a_folder_can_be_watched() {
    let desk = TestDesk::empty();
    for path in ["/nowhere/at/all", "/dev/null"] {
        let watch = StaffCommand::WatchFolder { path: path.into() };
        assert_eq!(desk.manage(watch).unwrap_err().code, Code::NotFound);
    }
}
