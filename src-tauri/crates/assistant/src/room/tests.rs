//! Who gets a slot, in which order, and who is told to come again.

use std::sync::mpsc;
use std::thread;

use super::*;

/// Somebody who waits on a thread of their own, and tells when they got their slot.
fn wait(room: &Room, party: &str, name: &'static str, served: &mpsc::Sender<(&'static str, Slot)>) {
    let before = room.fullness().waiting;
    let (own, party, served) = (room.clone(), party.to_owned(), served.clone());
    thread::spawn(move || match own.enter(&party, 1, &mut |_| true) {
        Entry::Slot(slot) => served.send((name, slot)).unwrap(),
        Entry::Full { .. } | Entry::Gone => panic!("{name} got no slot"),
    });
    until(|| room.fullness().waiting == before + 1);
}

fn until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(10), "it does not come to that");
        thread::sleep(Duration::from_millis(1));
    }
}

fn slot(room: &Room) -> Slot {
    match room.enter("first", 1, &mut |_| panic!("a free slot is not waited for")) {
        Entry::Slot(slot) => slot,
        Entry::Full { .. } | Entry::Gone => panic!("there is a slot"),
    }
}

#[test]
fn who_asks_much_does_not_push_others_back() {
    let room = Room::default();
    let first = slot(&room);
    let (tell, served) = mpsc::channel();
    for (party, name) in
        [("greedy", "g1"), ("greedy", "g2"), ("greedy", "g3"), ("a", "a1"), ("b", "b1"), ("a", "a2")]
    {
        wait(&room, party, name, &tell);
    }
    drop(first);
    let order: Vec<_> = (0..6).map(|_| served.recv().unwrap().0).collect();
    assert_eq!(order, ["g1", "a1", "b1", "g2", "a2", "g3"]);
    assert_eq!(room.fullness().taken, 0, "every slot came back");
}

#[test]
fn a_full_room_says_when_to_come_again_and_a_slot_is_taken_up_again() {
    let room = Room::default();
    room.hold(2);
    let first = slot(&room);
    let (tell, served) = mpsc::channel();
    wait(&room, "a", "a", &tell);
    wait(&room, "b", "b", &tell);
    match room.enter("c", 1, &mut |_| panic!("a full room is not waited in")) {
        Entry::Full { waiting, retry_seconds } => assert_eq!((waiting, retry_seconds), (2, 6)),
        Entry::Slot(_) | Entry::Gone => panic!("the room is full"),
    }
    assert_eq!(room.fullness().turned_away, 1);
    drop(first);
    let names: Vec<_> = (0..2).map(|_| served.recv().unwrap().0).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(room.retry_seconds(), 1, "texts were short lately");
    drop(slot(&room));
}

#[test]
fn who_leaves_makes_room_wherever_they_stand() {
    let room = Room::default();
    let first = slot(&room);
    let mut places = Vec::new();
    let gone = room.enter("a", 1, &mut |place| {
        places.push((place.ahead, place.before));
        places.len() < 3
    });
    assert!(matches!(gone, Entry::Gone));
    assert_eq!(places, [(0, 1); 3]);
    assert_eq!(room.fullness().waiting, 0);

    // The first of a party leaves: its second stands in the line then.
    let (tell, served) = mpsc::channel();
    let own = room.clone();
    let leaver = thread::spawn(move || {
        let began = Instant::now();
        own.enter("a", 1, &mut |_| began.elapsed() < Duration::from_millis(300))
    });
    until(|| room.fullness().waiting == 1);
    wait(&room, "a", "a2", &tell);
    assert!(matches!(leaver.join().unwrap(), Entry::Gone));
    until(|| room.fullness().waiting == 1);
    drop(first);
    assert_eq!(served.recv().unwrap().0, "a2");
}

#[test]
fn a_slot_that_comes_while_somebody_leaves_goes_to_the_next() {
    let room = Room::default();
    let mut first = Some(slot(&room));
    let (tell, served) = mpsc::channel();
    let entry = room.enter("a", 1, &mut |_| {
        wait(&room, "b", "b", &tell);
        first = None;
        false
    });
    assert!(matches!(entry, Entry::Gone));
    assert_eq!(served.recv().unwrap().0, "b");
    until(|| room.fullness() == Fullness { slots: 1, most_waiting: 32, ..Fullness::default() });
}

#[test]
fn those_behind_are_told_how_many_come_first() {
    let room = Room::default();
    let first = slot(&room);
    let (tell, served) = mpsc::channel();
    wait(&room, "a", "a1", &tell);
    wait(&room, "b", "b1", &tell);
    let mut places = Vec::new();
    let mut first = Some(first);
    let entry = room.enter("c", 1, &mut |place| {
        if places.last() != Some(&place.ahead) {
            places.push(place.ahead);
        }
        // Each sees the one before leave.
        first = None;
        while let Ok((_, slot)) = served.try_recv() {
            drop(slot);
        }
        true
    });
    assert!(matches!(entry, Entry::Slot(_)));
    assert!(places.is_sorted_by(|a, b| a > b) && places[0] == 2, "{places:?}");
}
