//! Which hosts and origins are this server's, and who asks behind a proxy.

use super::*;

const NAMES: &[&str] = &["desk.example", "shop.example:8443"];

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(HeaderName::from_static(name), value.parse().unwrap());
    }
    headers
}

fn checked(own: &str, pairs: &[(&'static str, &str)]) -> Result<(), Strange> {
    let names: Vec<String> = NAMES.iter().map(|name| name.to_string()).collect();
    check(&headers(pairs), &Uri::from_static("/visit"), own.parse().unwrap(), &names)
}

fn check_host(own: &str, host: &str, is_own: bool) {
    let expected = if is_own { Ok(()) } else { Err(Strange::Host) };
    assert_eq!(checked(own, &[("host", host)]), expected, "{host:?} at {own}");
}

fn check_origin(own: &str, origin: &str, is_own: bool) {
    let expected = if is_own { Ok(()) } else { Err(Strange::Origin) };
    let pairs = [("host", "desk.example"), ("origin", origin)];
    assert_eq!(checked(own, &pairs), expected, "{origin:?} at {own}");
}

#[test]
fn only_the_called_address_and_the_listed_names_are_served() {
    for own in ["127.0.0.1:8317", "[::ffff:127.0.0.1]:8317"] {
        check_host(own, "127.0.0.1:8317", true);
        check_host(own, "localhost:8317", true);
        check_host(own, "LOCALHOST:8317", true);
    }
    check_host("[::1]:8317", "[::1]:8317", true);
    check_host("[::1]:8317", "localhost:8317", true);
    check_host("192.168.1.4:8317", "192.168.1.4:8317", true);
    check_host("192.168.1.4:80", "192.168.1.4", true);
    check_host("192.168.1.4:8317", "Desk.Example", true);
    check_host("192.168.1.4:8317", "desk.example:8317", true);
    check_host("192.168.1.4:8317", "shop.example:8443", true);
    for own in ["127.0.0.1:8317", "192.168.1.4:8317", "[::1]:8317"] {
        for host in [
            "evil.example",
            "127.0.0.1.nip.io",
            "127.0.0.1.nip.io:8317",
            "localhost.evil",
            "localhost.evil:8317",
            "x.local",
            "169.254.169.254",
            "",
            "localhost:1",
            "127.0.0.1:1",
            "127.0.0.1",
            "localhost",
            "[::1]x",
            "0.0.0.0:8317",
            "desk.example.",
            "desk.example:1",
            "desk.example@evil.example",
            "shop.example",
            "desk.example, evil.example",
        ] {
            check_host(own, host, false);
        }
    }
    // Another address of the same computer is not the one that was called.
    check_host("192.168.1.4:8317", "127.0.0.1:8317", false);
    check_host("192.168.1.4:8317", "localhost:8317", false);
}

#[test]
fn a_page_from_elsewhere_is_sent_away() {
    let own = "192.168.1.4:8317";
    check_origin(own, "http://192.168.1.4:8317", true);
    check_origin(own, "http://desk.example", true);
    check_origin(own, "https://desk.example", true);
    for origin in [
        "https://evil.example",
        "null",
        "",
        "file://",
        "tauri://localhost",
        "http://192.168.1.4",
        "http://localhost:8317",
        "http://desk.example.evil",
        "http://http://desk.example",
        "desk.example",
    ] {
        check_origin(own, origin, false);
    }
}

#[test]
fn nothing_comes_twice_and_the_first_line_agrees() {
    let own = "127.0.0.1:8317";
    assert_eq!(checked(own, &[]), Err(Strange::Host));
    let twice = [("host", "127.0.0.1:8317"), ("host", "127.0.0.1:8317")];
    assert_eq!(checked(own, &twice), Err(Strange::Host));
    let origins =
        [("host", "127.0.0.1:8317"), ("origin", "http://127.0.0.1:8317"), ("origin", "null")];
    assert_eq!(checked(own, &origins), Err(Strange::Origin));
    let headers = headers(&[("host", "127.0.0.1:8317")]);
    let other = Uri::from_static("http://evil.example/visit");
    assert_eq!(check(&headers, &other, own.parse().unwrap(), &[]), Err(Strange::Host));
    let same = Uri::from_static("http://127.0.0.1:8317/visit");
    assert_eq!(check(&headers, &same, own.parse().unwrap(), &[]), Ok(()));
}

fn check_asker(peer: &str, said: &[&str], expected: &str) {
    let proxies = ["10.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().unwrap());
    let pairs: Vec<_> = said.iter().map(|said| ("x-forwarded-for", *said)).collect();
    let asker = asker(&headers(&pairs), peer.parse().unwrap(), &proxies);
    assert_eq!(asker.to_string(), expected, "{said:?} from {peer}");
}

#[test]
fn only_a_trusted_proxy_is_believed() {
    check_asker("192.168.1.9", &[], "192.168.1.9");
    check_asker("192.168.1.9", &["1.2.3.4"], "192.168.1.9");
    check_asker("10.0.0.1", &[], "10.0.0.1");
    check_asker("10.0.0.1", &["1.2.3.4"], "1.2.3.4");
    check_asker("::ffff:10.0.0.1", &["1.2.3.4"], "1.2.3.4");
    // What the visitor wrote stands before what the proxy adds.
    check_asker("10.0.0.1", &["9.9.9.9, 1.2.3.4"], "1.2.3.4");
    check_asker("10.0.0.1", &["9.9.9.9", "1.2.3.4"], "1.2.3.4");
    check_asker("10.0.0.1", &["1.2.3.4, 10.0.0.2"], "1.2.3.4");
    check_asker("10.0.0.1", &["nonsense"], "10.0.0.1");
    check_asker("10.0.0.1", &["1.2.3.4, nonsense"], "10.0.0.1");
}
