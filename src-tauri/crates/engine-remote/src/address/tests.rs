//! Which addresses may be asked, and where they stand.

use super::*;

fn check_read(text: &str, place: Place, expected: Result<&str, &str>) {
    let read = Address::read(text, place);
    match expected {
        Ok(base) => assert_eq!(read.as_ref().map(Address::base), Ok(base), "{text}"),
        Err(part) => {
            let message = read.unwrap_err().to_string();
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}

#[test]
fn addresses_are_read_as_makers_write_them() {
    use Place::*;
    check_read("http://127.0.0.1:8080", Computer, Ok("http://127.0.0.1:8080/v1"));
    check_read(" http://localhost:11434/ ", Computer, Ok("http://localhost:11434/v1"));
    check_read("http://[::1]:8080/v1/", Computer, Ok("http://[::1]:8080/v1"));
    check_read("http://192.168.1.20:8000/v1", Network, Ok("http://192.168.1.20:8000/v1"));
    check_read("http://gpu.local:8000/v1/models", Network, Ok("http://gpu.local:8000/v1"));
    check_read("https://gpu.shop.example/v1", Private, Ok("https://gpu.shop.example/v1"));
    check_read("https://203.0.114.9/v1", Private, Ok("https://203.0.114.9/v1"));
    check_read(
        "https://api.openai.com/v1/chat/completions",
        Cloud,
        Ok("https://api.openai.com/v1"),
    );
    check_read(
        "https://generativelanguage.googleapis.com/v1beta/openai/",
        Cloud,
        Ok("https://generativelanguage.googleapis.com/v1beta/openai"),
    );
}

#[test]
fn what_is_no_address_is_told() {
    use Place::*;
    check_read("gpu.local", Network, Err("must begin with https://"));
    check_read("ftp://gpu.local", Network, Err("must begin with https://"));
    check_read("file:///etc/passwd", Computer, Err("must begin with https://"));
    check_read("", Network, Err("must begin with https://"));
    check_read("https://api.example/v1?key=sk-1", Cloud, Err("question mark"));
    check_read(&format!("https://{}.example", "a".repeat(400)), Cloud, Err("too long"));
    let secret = Address::read("https://me:hunter2@api.example/v1", Cloud).unwrap_err();
    assert!(!secret.to_string().contains("hunter2"), "{secret}");
}

#[test]
fn plain_http_stays_in_the_house() {
    use Place::*;
    check_read("http://8.8.8.8/v1", Network, Err("plain http"));
    check_read("http://gpu.shop.example/v1", Private, Err("plain http"));
    check_read("http://api.openai.com/v1", Cloud, Err("plain http"));
    check_read("http://169.254.169.254/v1", Network, Err("not in the local network"));
}

#[test]
fn a_place_that_cannot_be_true_is_refused() {
    use Place::*;
    check_read("http://192.168.1.20/v1", Computer, Err("not this computer"));
    check_read("http://gpu.local/v1", Computer, Err("called localhost"));
    check_read("https://8.8.8.8/v1", Network, Err("not in the local network"));
    check_read("https://192.168.1.20/v1", Cloud, Err("no cloud"));
    check_read("https://eu.api.openai.com/v1", Private, Err("its place is the cloud"));
    check_read("https://169.254.169.254/v1", Private, Err("no"));
    check_read("https://notopenai.com/v1", Private, Ok("https://notopenai.com/v1"));
}

fn check_likely(text: &str, expected: Place) {
    assert_eq!(Address::likely_place(text), Ok(expected), "{text}");
}

#[test]
fn in_doubt_a_server_is_somebody_elses() {
    check_likely("http://127.0.0.1:8080/v1", Place::Computer);
    check_likely("http://localhost:11434", Place::Computer);
    check_likely("http://192.168.1.20:8080/v1", Place::Network);
    check_likely("https://192.168.1.20:8080/v1", Place::Network);
    check_likely("http://gpu:8080/v1", Place::Network);
    check_likely("https://gpu.local/v1", Place::Network);
    check_likely("http://gpu.shop.example/v1", Place::Network);
    check_likely("https://gpu.shop.example/v1", Place::Cloud);
    check_likely("https://api.openai.com/v1", Place::Cloud);
    check_likely("https://8.8.8.8/v1", Place::Cloud);
}
