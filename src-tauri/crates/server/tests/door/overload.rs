//! More questions than the model can write answers to: each is answered or told when to come again,
//! nobody gets the answer of another, and whoever goes away makes room.

use std::time::{Duration, Instant};

use server::Doors;

use crate::http::{Door, Reply, loopback, read, shop};

/// A place for each question, so that every answer tells whose it is.
fn lockers(from: u32, to: u32) -> String {
    let section = |n| {
        format!("## Locker {n}\n\nLocker {n} costs {n} pounds for a whole day at the station.\n\n")
    };
    format!("# Lockers\n\n{}", (from..to).map(section).collect::<String>())
}

fn question(n: u32) -> String {
    format!("How many pounds for a whole day does locker {n} at the station cost?")
}

fn p99(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get((times.len() * 99).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
}

#[test]
fn two_hundred_at_once_are_answered_or_told_to_come_again() {
    const ASKERS: std::ops::Range<u32> = 101..301;
    let desk = shop(2, Duration::from_millis(10));
    desk.import_text("lockers.md", &lockers(ASKERS.start, ASKERS.end));
    desk.core.hold_waiting(8);
    let door = Door::open(desk, loopback(Doors::Visitors));
    // One alone, so that a text's time is known.
    assert_eq!(door.ask("first", "How long do refunds take?").status, 200);
    let replies: Vec<(u32, Reply, Duration)> = std::thread::scope(|scope| {
        let door = &door;
        let ask = |n: u32| {
            let began = Instant::now();
            let reply = door.ask(&format!("ask-{n}"), &question(n));
            (n, reply, began.elapsed())
        };
        let asking: Vec<_> = ASKERS.map(|n| scope.spawn(move || ask(n))).collect();
        asking.into_iter().map(|asking| asking.join().unwrap()).collect()
    });
    let mut answered = 0;
    let mut refusals = Vec::new();
    for (n, reply, took) in &replies {
        match reply.status {
            200 => {
                let turn = reply.turn();
                assert_eq!(turn["id"], format!("ask-{n}"));
                assert_eq!(turn["question"], question(*n));
                let answer = turn["answer"].as_str().unwrap();
                assert!(answer.contains(&format!("Locker {n} costs {n} pounds")), "{n}: {turn}");
                answered += 1;
            }
            429 => {
                let seconds: u32 = reply.header("retry-after").unwrap().parse().unwrap();
                assert!((1..=120).contains(&seconds), "{seconds}");
                assert!(reply.body.contains("\"busy\""), "{}", reply.body);
                refusals.push(*took);
            }
            other => panic!("a third kind: {other} {reply:?}"),
        }
    }
    assert_eq!(answered + refusals.len(), ASKERS.len());
    assert!(answered >= 10 && refusals.len() >= 50, "{answered} {}", refusals.len());
    let slowest = p99(&mut refusals);
    println!("{answered} answered, {} refused, p99 of refusals {slowest:?}", refusals.len());
    // All of them search at the same time, in a program that was not made for speed.
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    let load = door.desk.core.load();
    assert_eq!((load.fullness.taken, load.fullness.waiting, load.questions), (0, 0, 0));
}

#[test]
fn a_refusal_is_quick_while_all_places_are_taken() {
    let desk = shop(1, Duration::from_millis(250));
    desk.import_text("lockers.md", &lockers(101, 160));
    desk.core.hold_waiting(1);
    let door = Door::open(desk, loopback(Doors::Visitors));
    std::thread::scope(|scope| {
        for n in 101..103 {
            let door = &door;
            scope.spawn(move || door.ask("fills", &question(n)));
        }
        wait_for(&door, 1, 1);
        let mut times: Vec<Duration> = (103..123)
            .map(|n| {
                let began = Instant::now();
                let reply = door.ask("refused", &question(n));
                assert_eq!(reply.status, 429, "{reply:?}");
                began.elapsed()
            })
            .collect();
        let began = Instant::now();
        let faq = door.ask("faq", "Do you sell gift cards?");
        let faq_took = began.elapsed();
        let slowest = p99(&mut times);
        println!("a refusal {:?}, p99 of refusals {slowest:?}", times[10]);
        assert_eq!((faq.status, faq.turn()["route"].as_str()), (200, Some("faq")));
        assert!(
            faq_took < Duration::from_secs(5),
            "an approved answer waits for no slot: {faq_took:?}"
        );
        assert!(slowest < Duration::from_secs(5), "nobody waits to be refused: {times:?}");
        // Others may use the computer too; what a refusal takes shows in the quickest ones.
        assert!(times[times.len() / 4] < Duration::from_millis(50), "{times:?}");
    });
}

#[test]
fn a_reader_who_goes_away_frees_the_slot_within_a_second() {
    let desk = shop(1, Duration::from_millis(400));
    desk.import_text("lockers.md", &lockers(101, 110));
    let door = Door::open(desk, loopback(Doors::Visitors));
    let open = |n: u32| {
        let body = format!(r#"{{"do":"ask","question":"{}"}}"#, question(n));
        let mut stream = door.connect();
        let request = format!("{}{body}", door.head("POST /visit", &door.visitor, body.len()));
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        stream
    };
    let running = open(101);
    wait_for(&door, 1, 0);
    let waiting = open(102);
    wait_for(&door, 1, 1);
    let stays = open(103);
    wait_for(&door, 1, 2);
    drop(waiting);
    let took_waiting = wait_for(&door, 1, 1);
    drop(running);
    let took_running = wait_for(&door, 1, 0);
    println!("a place is free after {took_waiting:?} waiting, {took_running:?} running");
    assert!(took_waiting.max(took_running) < Duration::from_secs(1));
    let turn = read(stays).turn();
    assert!(turn["answer"].as_str().unwrap().contains("Locker 103"), "{turn}");
    wait_for(&door, 0, 0);
}

/// How long it took until so many were written and so many waited.
fn wait_for(door: &Door, taken: usize, waiting: usize) -> Duration {
    let began = Instant::now();
    loop {
        let fullness = door.desk.core.load().fullness;
        if (fullness.taken, fullness.waiting) == (taken, waiting) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{fullness:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
