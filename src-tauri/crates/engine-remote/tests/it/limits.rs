//! Limits of number, of money and of patience, and what leaves the house.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::{Engine, Health};
use engine_remote::{
    Allowance, Ledger, Mask, NoLedger, Prices, Remote, ServerConfig, Spending, Standing,
};
use hostile::Act;

use crate::server::*;

/// A book in memory.
#[derive(Default)]
struct Book(Mutex<Spending>);

impl Ledger for Book {
    fn spent(&self, _server: &str) -> Result<Spending, String> {
        Ok(*self.0.lock().unwrap())
    }

    fn add(&self, _server: &str, more: Spending) -> Result<(), String> {
        let mut sum = self.0.lock().unwrap();
        sum.asked += more.asked;
        sum.read_tokens += more.read_tokens;
        sum.written_tokens += more.written_tokens;
        sum.nano += more.nano;
        Ok(())
    }
}

impl Book {
    /// Waits until so many questions are written down.
    fn wait_for(&self, asked: u64) -> Spending {
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            let sum = *self.0.lock().unwrap();
            if sum.asked >= asked {
                return sum;
            }
            assert!(Instant::now() < end, "only {sum:?}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn limited(talker: &hostile::Talker, allowance: Allowance, book: &Arc<Book>) -> Remote {
    Remote::new(ServerConfig { allowance, ..config(talker) }, None, None, book.clone())
}

fn sentence(remote: &Remote) -> String {
    ask(remote).end.unwrap_err().to_string()
}

#[test]
fn three_failures_and_it_is_left_alone() {
    let talker = answering(|_, _| whole("200 OK", "text/html", "<html>"));
    let remote = remote(&talker);
    for _ in 0..3 {
        assert!(sentence(&remote).contains("a web page"));
    }
    let resting = sentence(&remote);
    assert!(
        resting.contains("is left alone for 29 s") || resting.contains("is left alone for 30 s"),
        "{resting}"
    );
    assert!(resting.contains("a web page"), "{resting}");
    assert_eq!(questions(&talker).len(), 3);
    assert!(matches!(remote.health(), Health::Failed { .. }));
    assert!(matches!(remote.standing(), Standing::Resting(_)));
    remote.set_key(None);
    assert_eq!(remote.standing(), Standing::Ready);
}

#[test]
fn no_more_questions_a_minute_than_allowed() {
    let talker = answering(|_, _| saying("Yes."));
    let allowance = Allowance { per_minute: 2, ..Allowance::default() };
    let remote = limited(&talker, allowance, &Arc::default());
    assert!(ask(&remote).end.is_ok() && ask(&remote).end.is_ok());
    assert_eq!(sentence(&remote), "127.0.0.1 may be asked 2 times a minute, and was");
    assert_eq!(questions(&talker).len(), 2);
    assert_eq!(remote.health(), Health::Ready, "our own limit is no failure");
}

#[test]
fn no_more_questions_at_once_than_allowed() {
    let talker = answering(|_, _| vec![stream_head(), piece("Yes."), Act::Hang]);
    let allowance = Allowance { at_once: 1, ..Allowance::default() };
    let remote = limited(&talker, allowance, &Arc::default());
    let first = remote.generate(question("Q?")).unwrap();
    assert_eq!(sentence(&remote), "127.0.0.1 may be asked 1 things at once, and is");
    assert_eq!((remote.health(), remote.slots()), (Health::Busy { waiting: 0 }, 1));
    drop(first);
    let end = Instant::now() + Duration::from_secs(3);
    while remote.health() != Health::Ready {
        assert!(Instant::now() < end, "its place is never free");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn what_it_costs_is_written_down_and_ends_at_the_limit() {
    let talker = answering(|_, _| saying("Yes."));
    // 70 tokens read and 9 written cost 0.16 at these prices.
    let prices = Prices { read_milli: 1_000_000, written_milli: 10_000_000 };
    let allowance = Allowance { prices, month_limit_milli: 5_000, ..Allowance::default() };
    let book = Arc::new(Book::default());
    let remote = limited(&talker, allowance, &book);
    assert!(ask(&remote).end.is_ok());
    let sum = book.wait_for(1);
    assert_eq!((sum.read_tokens, sum.written_tokens, sum.nano), (70, 9, 160_000_000));
    book.0.lock().unwrap().nano = 5_000_000_000;
    assert_eq!(sentence(&remote), "127.0.0.1 may cost 5.00 a month, and that is spent");
    assert!(matches!(remote.standing(), Standing::Spent(_)));
    assert_eq!(questions(&talker).len(), 1);
}

#[test]
fn a_question_that_could_break_the_limit_is_not_asked() {
    let talker = answering(|_, _| saying("Yes."));
    let prices = Prices { read_milli: 0, written_milli: 1_000_000_000 };
    // 220 tokens may be written, which could cost 220.
    let allowance = Allowance { prices, month_limit_milli: 200_000, ..Allowance::default() };
    let remote = limited(&talker, allowance, &Arc::default());
    assert!(sentence(&remote).contains("may cost 200.00 a month"));
    assert!(talker.heard().is_empty());
}

#[test]
fn an_answer_that_nobody_waits_for_is_paid_all_the_same() {
    let talker = answering(|_, _| vec![stream_head(), piece("Yes, we"), Act::Hang]);
    let prices = Prices { read_milli: 1_000, written_milli: 1_000 };
    let book = Arc::new(Book::default());
    let remote = limited(&talker, Allowance { prices, ..Allowance::default() }, &book);
    let reply = remote.generate(question("When are you open?")).unwrap();
    assert!(reply.next_within(Duration::from_secs(5)).is_some());
    drop(reply);
    let sum = book.wait_for(1);
    assert!(sum.read_tokens > 10 && sum.written_tokens >= 1, "{sum:?}");
}

#[test]
fn a_refusal_costs_nothing() {
    let talker = answering(|_, before| match before {
        0 => whole("400 Bad Request", "application/json", "{}"),
        _ => saying("Yes."),
    });
    let book = Arc::new(Book::default());
    let remote = limited(&talker, Allowance::default(), &book);
    assert!(ask(&remote).end.is_err());
    assert!(ask(&remote).end.is_ok());
    assert_eq!(book.wait_for(1).asked, 1);
}

/// Masks words with an `@`.
fn mask() -> Arc<Mask> {
    Arc::new(|text: &str, instead: &mut dyn FnMut(&str, &str) -> String| {
        let words = text.split(' ').map(|word| match word.contains('@') {
            true => instead(word, "[e-mail]"),
            false => word.to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn at_home_a_question_goes_as_it_is() {
    let talker = answering(|_, _| saying("Yes."));
    let remote = Remote::new(config(&talker), None, Some(mask()), Arc::new(NoLedger));
    assert!(ask_for(&remote, question("I am ann@shop.example")).end.is_ok());
    assert!(questions(&talker)[0].body.contains("ann@shop.example"));
}
