//! The sample shop that a new desk starts with, so that it can be tried before anything is set up.
//!
//! The texts are part of the program: a first start needs no file beside it.

use std::path::{Path, PathBuf};

use orders::{Activate, Mapping, OrdersError, Place};

/// The desk's profile as JSON.
pub(crate) const PROFILE: &str = include_str!("../../../demo/shop.json");

/// Opening hours and contact as JSON.
pub(crate) const FACTS: &str = include_str!("../../../demo/facts.json");

/// The table of approved answers: file name and content.
const ANSWERS: (&str, &str) = ("faq.csv", include_str!("../../../demo/faq.csv"));

/// The table of orders: file name and content.
const ORDERS: (&str, &str) = ("orders.csv", include_str!("../../../demo/orders.csv"));

/// Which of its columns holds what.
const ORDER_COLUMNS: &[&str] = &[
    "order_number=number",
    "email=email",
    "postcode=postcode",
    "last_name=last_name",
    "ordered_on=ordered_on",
    "status=status",
    "carrier=carrier",
    "shipped_on=shipped_on",
    "expected_on=expected_on",
    "items=items",
];

/// The documents: file name and content.
const DOCUMENTS: &[(&str, &str)] = &[
    ("returns.md", include_str!("../../../demo/documents/returns.md")),
    ("shipping.md", include_str!("../../../demo/documents/shipping.md")),
    ("repairs.md", include_str!("../../../demo/documents/repairs.md")),
    ("rental.md", include_str!("../../../demo/documents/rental.md")),
    ("size-and-fit.md", include_str!("../../../demo/documents/size-and-fit.md")),
    ("visit-us.html", include_str!("../../../demo/documents/visit-us.html")),
    ("gift-cards-and-club.html", include_str!("../../../demo/documents/gift-cards-and-club.html")),
    ("care-guide.txt", include_str!("../../../demo/documents/care-guide.txt")),
];

/// Where the files lie.
pub(crate) struct Sample {
    pub(crate) answers: PathBuf,
    pub(crate) documents: Vec<PathBuf>,
    orders: PathBuf,
}

impl Sample {
    /// The orders, ready to be set up; they are never too old to be tried.
    pub(crate) fn orders(&self) -> Result<Activate, OrdersError> {
        let pairs: Vec<String> = ORDER_COLUMNS.iter().map(|pair| (*pair).to_owned()).collect();
        Ok(Activate {
            place: Place::File(self.orders.clone()),
            table: None,
            mapping: Some(Mapping::read(&pairs)?),
            sentences: String::new(),
            max_age_hours: 0,
            example: None,
        })
    }
}

/// Where the files lie below the data folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("sample-shop")
}

/// Writes the files below the data folder.
pub(crate) fn write_files(data: &Path) -> std::io::Result<Sample> {
    let folder = folder(data);
    std::fs::create_dir_all(&folder)?;
    let write = |(name, content): &(&str, &str)| {
        let path = folder.join(name);
        std::fs::write(&path, content).map(|()| path)
    };
    Ok(Sample {
        answers: write(&ANSWERS)?,
        orders: write(&ORDERS)?,
        documents: DOCUMENTS.iter().map(write).collect::<Result<_, _>>()?,
    })
}
