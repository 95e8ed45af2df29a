//! Waits between tries.

use std::time::Duration;

use super::super::Limits;
use super::wait_before;

#[test]
fn waits_double_and_never_exceed_the_longest() {
    let limits = Limits::default();
    let waits = (0..limits.retries).map(|tries| wait_before(tries, None, limits).as_secs());
    assert_eq!(waits.collect::<Vec<_>>(), [1, 2, 4, 8, 16, 32]);
    let wished = |seconds| wait_before(0, Some(Duration::from_secs(seconds)), limits).as_secs();
    assert_eq!([wished(0), wished(7), wished(120), wished(86_400)], [0, 7, 120, 120]);
    assert_eq!(wait_before(4_000_000_000, None, limits), limits.longest_wait);
}
