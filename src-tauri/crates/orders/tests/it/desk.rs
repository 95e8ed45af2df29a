//! A desk with a few orders.

use std::path::PathBuf;
use std::time::Duration;

use orders::{Activate, Activated, Attempt, Mapping, Orders, OrdersError, Place, Rules, Shown};
use store::Store;

/// A small table of orders.
pub(crate) const ORDERS: &str = "\
order_number,email,postcode,last_name,phone,ordered_on,status,carrier,items
HO-104106,ursula@webpost.example.org,00133,Gullane,+44 1632 960140,2026-02-24,delivered,Crossline,1 x rope
HO-104107,silas@letters.example.net,VJ12 4GW,Redruff,+44 1632 960141,2026-02-25,shipped,Tidewater,2 x gloves
HO-104108,clara@mail.example,JZ2 7PW,Mossop,+44 1632 960142,2026-02-26,in customs,Tidewater,1 x boots
";

/// Seconds of the tests' wall clock, which stands still.
pub(crate) const NOW: i64 = 1_795_356_300;

/// The desk's folder and its orders.
pub(crate) struct Desk {
    pub(crate) orders: Orders,
    pub(crate) folder: tempfile::TempDir,
}

impl Desk {
    /// A desk without orders, that answers as fast as it can.
    pub(crate) fn empty() -> Self {
        Self::with(Rules { pace: Duration::ZERO, ..Rules::default() })
    }

    pub(crate) fn with(rules: Rules) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("desk")).unwrap();
        Self { orders: Orders::open(store, rules, || NOW).unwrap(), folder }
    }

    /// A desk with [`ORDERS`].
    pub(crate) fn shop() -> Self {
        let desk = Self::empty();
        desk.import(ORDERS).unwrap();
        desk
    }

    /// Closes the desk and opens it again at another wall clock.
    pub(crate) fn reopened(self, wall: fn() -> i64) -> Self {
        let Self { orders, folder } = self;
        drop(orders);
        let store = Store::open(&folder.path().join("desk")).unwrap();
        let rules = Rules { pace: Duration::ZERO, ..Rules::default() };
        Self { orders: Orders::open(store, rules, wall).unwrap(), folder }
    }

    pub(crate) fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn import(&self, content: &str) -> Result<Activated, OrdersError> {
        self.orders.activate(request(Place::File(self.write("orders.csv", content))))
    }

    /// One try of a visitor whom nobody knows yet.
    pub(crate) fn fresh(&self, number: &str, proof: &str) -> Shown {
        let who = format!("{number}\u{1}{proof}");
        self.attempt(number, proof, &who, &who)
    }

    pub(crate) fn attempt(&self, number: &str, proof: &str, session: &str, device: &str) -> Shown {
        let attempt = Attempt {
            number: number.into(),
            proof: proof.into(),
            session: session.into(),
            device: device.into(),
            language: String::new(),
        };
        self.orders.verify(&attempt).unwrap()
    }
}

/// A source with nothing said about it.
pub(crate) fn request(place: Place) -> Activate {
    Activate {
        place,
        table: None,
        mapping: None,
        sentences: String::new(),
        max_age_hours: 0,
        example: None,
    }
}

/// A written mapping.
pub(crate) fn mapping(pairs: &[&str]) -> Mapping {
    Mapping::read(&pairs.iter().map(|pair| (*pair).to_owned()).collect::<Vec<_>>()).unwrap()
}
