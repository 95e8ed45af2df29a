//! How many connections there may be, in all and from one address.

use super::*;

#[test]
fn one_address_cannot_take_the_connections_of_the_others() {
    let open = Open::default();
    let [greedy, other, proxy] =
        ["192.168.1.4", "192.168.1.5", "10.0.0.1"].map(|ip| ip.parse::<IpAddr>().unwrap());
    let mut places: Vec<_> = (0..MOST_FROM_ONE).filter_map(|_| open.take(greedy, false)).collect();
    assert_eq!(places.len(), MOST_FROM_ONE);
    assert!(open.take(greedy, false).is_none());
    assert!(open.take(other, false).is_some());
    places.pop();
    assert!(open.take(greedy, false).is_some(), "one that ended makes room");
    let many: Vec<_> = (0..MOST).filter_map(|_| open.take(proxy, true)).collect();
    assert_eq!(many.len() + places.len(), MOST, "a proxy brings many visitors");
    assert!(open.take(other, false).is_none() && open.take(proxy, true).is_none());
    drop((places, many));
    assert!(open.0.lock().unwrap().is_empty(), "nobody is remembered");
}
