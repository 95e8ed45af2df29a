//! The sample shop that a new desk starts with, so that it can be tried before anything is set up.
//!
//! The texts are part of the program: a first start needs no file beside it.

use std::path::{Path, PathBuf};

/// The desk's profile as JSON.
pub(crate) const PROFILE: &str = include_str!("../../../demo/shop.json");

/// File name and content; the table of answers comes first.
const FILES: &[(&str, &str)] = &[
    ("faq.csv", include_str!("../../../demo/faq.csv")),
    ("returns.md", include_str!("../../../demo/documents/returns.md")),
    ("shipping.md", include_str!("../../../demo/documents/shipping.md")),
    ("repairs.md", include_str!("../../../demo/documents/repairs.md")),
    ("rental.md", include_str!("../../../demo/documents/rental.md")),
    ("size-and-fit.md", include_str!("../../../demo/documents/size-and-fit.md")),
    ("visit-us.html", include_str!("../../../demo/documents/visit-us.html")),
    ("gift-cards-and-club.html", include_str!("../../../demo/documents/gift-cards-and-club.html")),
    ("care-guide.txt", include_str!("../../../demo/documents/care-guide.txt")),
];

/// Writes the files below the data folder and returns their paths.
pub(crate) fn write_files(data: &Path) -> std::io::Result<Vec<PathBuf>> {
    let folder = data.join("sample-shop");
    std::fs::create_dir_all(&folder)?;
    let mut paths = Vec::new();
    for (name, content) in FILES {
        let path = folder.join(name);
        std::fs::write(&path, content)?;
        paths.push(path);
    }
    Ok(paths)
}
