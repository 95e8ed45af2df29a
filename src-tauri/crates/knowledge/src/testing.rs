//! A desk in a temporary folder with a scripted embedder, for the tests of this crate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::Embedder;
use engine::scripted::ScriptedEmbedder;
use store::Store;

use crate::{Calibration, FileReport, ImportKind, Knowledge, Thresholds};

pub(crate) const CALIBRATION: Calibration = Calibration {
    c0: 0.1,
    r: 0.6,
    alpha: 0.6,
    usual: Thresholds { refuse_below: 0.33, answer_from: 0.48 },
};

pub(crate) struct Desk {
    pub(crate) knowledge: Knowledge,
    pub(crate) embedder: Arc<ScriptedEmbedder>,
    pub(crate) store: Store,
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a test desk works");
        let store = Store::open(&folder.path().join("desk")).expect("a test desk works");
        let embedder = Arc::new(ScriptedEmbedder::new());
        let shared: Arc<dyn Embedder> = embedder.clone();
        let knowledge =
            Knowledge::open(store.clone(), Some(shared), CALIBRATION).expect("a test desk works");
        let knowledge = knowledge.with_reader(documents::Reader::within());
        Self { knowledge, embedder, store, folder }
    }

    /// A second one over the same store, as after a restart.
    pub(crate) fn reopened(&self) -> Knowledge {
        let shared: Arc<dyn Embedder> = self.embedder.clone();
        Knowledge::open(self.store.clone(), Some(shared), CALIBRATION).expect("a test desk works")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("files").join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a test desk works"))
            .expect("a test desk works");
        std::fs::write(&path, bytes).expect("a test desk works");
        path
    }

    pub(crate) fn import(&self, path: &Path) -> FileReport {
        let mut reports = self.import_all(&[path.to_owned()], ImportKind::Auto);
        assert_eq!(reports.len(), 1);
        reports.remove(0)
    }

    pub(crate) fn import_all(&self, paths: &[PathBuf], what: ImportKind) -> Vec<FileReport> {
        let mut seen = 0;
        let reports =
            self.knowledge.import(paths, what, &mut |_| seen += 1).expect("a test desk works");
        assert_eq!(seen, reports.len(), "each file was reported as it was done");
        reports
    }

    pub(crate) fn embed(&self) -> usize {
        self.knowledge.embed_pending(&|| false, &mut |_, _| {}).expect("a test desk works")
    }
}

/// Three documents and two answers.
pub(crate) fn shop() -> Desk {
    let desk = Desk::new();
    desk.write(
        "returns.md",
        "# Returns\n\n## Footwear\n\nShoes can be returned within 30 days. Boots worn outside cannot \
         be returned.\n\n## Tents\n\nTents can be returned within 60 days if they are dry.\n",
    );
    desk.write(
        "hours.html",
        "<h1>Opening hours</h1><table><tr><th>Day<th>Opens<tr><td>Monday<td>9 am<tr><td>Sunday\
         <td>closed</table>",
    );
    desk.write("repairs.txt", "Repairs\n\nA new zip for a jacket costs 34 pounds.\n");
    desk.write(
        "faq.csv",
        "question,answer,alternatives,status\n\
         Are dogs allowed in the shop?,\"Yes, on a lead.\",Can I bring my spaniel?,approved\n\
         Do you sell gift cards?,\"Yes, from 10 pounds.\",,approved\n\
         What is the secret of the cellar?,Nobody knows.,,draft\n",
    );
    let reports = desk.import_all(&[desk.path("")], ImportKind::Auto);
    assert_eq!(reports.len(), 4);
    desk.embed();
    desk
}
