//! Order and bounds of waiting requests.

use super::*;

fn generate(id: u64) -> Job {
    Job::Generate(Box::new(Generate { id, ..Generate::default() }), Instant::now())
}

fn embed(id: u64, texts: usize) -> Job {
    Job::Embed { id, texts: vec![String::new(); texts] }
}

fn check_order(offered: Vec<Job>, expected: &[u64]) {
    let queue = Queue::new();
    for job in offered {
        queue.offer(job).unwrap();
    }
    let order: Vec<u64> = expected.iter().map(|_| queue.next().unwrap().id()).collect();
    assert_eq!(order, expected);
}

#[test]
fn requests_keep_their_order() {
    check_order(vec![generate(1), generate(2), generate(3)], &[1, 2, 3]);
}

#[test]
fn small_work_goes_first() {
    check_order(vec![embed(1, 9), embed(2, 8), generate(3)], &[2, 1, 3]);
    check_order(vec![generate(1), Job::Count { id: 2, texts: Vec::new() }], &[2, 1]);
}

#[test]
fn the_queue_is_bounded() {
    let queue = Queue::new();
    for id in 0..WAITING_LIMIT as u64 {
        assert!(queue.offer(generate(id)).is_ok());
    }
    assert_eq!(queue.offer(embed(99, 1)), Err(embed(99, 1)));
    assert_eq!(queue.next().map(|job| job.id()), Some(0));
    assert!(queue.offer(generate(100)).is_ok());
}

#[test]
fn a_waiting_request_is_taken_out_and_a_running_one_is_told() {
    let queue = Queue::new();
    queue.offer(generate(1)).unwrap();
    queue.offer(generate(2)).unwrap();
    assert_eq!(queue.next().map(|job| job.id()), Some(1));
    assert_eq!(queue.cancel(2), Cancelled::BeforeStart);
    assert_eq!(queue.cancel(2), Cancelled::Unknown);
    assert!(!queue.is_cancelled(1));
    assert_eq!(queue.cancel(1), Cancelled::Running);
    assert!(queue.is_cancelled(1));
    queue.finish(1);
    assert!(!queue.is_cancelled(1));
    assert_eq!(queue.cancel(1), Cancelled::Unknown);
}

#[test]
fn a_closed_queue_gives_nothing_more() {
    let queue = Queue::new();
    queue.offer(generate(1)).unwrap();
    queue.close();
    assert_eq!(queue.next(), None);
}

#[test]
fn closing_wakes_who_waits() {
    let queue = std::sync::Arc::new(Queue::new());
    let waiting = {
        let queue = queue.clone();
        std::thread::spawn(move || queue.next())
    };
    queue.close();
    assert_eq!(waiting.join().unwrap(), None);
}

#[test]
fn who_waits_is_told_once() {
    let queue = Queue::new();
    queue.offer(generate(1)).unwrap();
    queue.offer(generate(2)).unwrap();
    assert_eq!(queue.newly_waiting(), [(1, 0), (2, 1)]);
    assert_eq!(queue.newly_waiting(), []);
    assert_eq!(queue.next_large().unwrap().id(), 1);
    queue.offer(generate(3)).unwrap();
    assert_eq!(queue.newly_waiting(), [(3, 1)]);
}

#[test]
fn a_request_whose_time_is_up_leaves_the_queue() {
    let queue = Queue::new();
    let now = Instant::now();
    let with_deadline = |id, deadline_ms| {
        Job::Generate(Box::new(Generate { id, deadline_ms, ..Generate::default() }), now)
    };
    for job in [with_deadline(1, 0), with_deadline(2, 10), with_deadline(3, 1000)] {
        queue.offer(job).unwrap();
    }
    assert!(queue.late(now).is_empty());
    assert_eq!(queue.late(now + Duration::from_millis(10)), [2]);
    assert_eq!(queue.late(now + Duration::from_secs(1)), [3]);
    assert_eq!(queue.next_large().unwrap().id(), 1);
}
