//! Which addresses may be asked, and where they may lead.

use std::net::IpAddr;

use reqwest::Url;

use super::{Policy, Reach};

fn check_first(policy: Policy, address: &str, expected: bool) {
    assert_eq!(policy.first(address).is_ok(), expected, "{policy:?} {address}");
}

fn check_follow(policy: Policy, first: &str, from: &str, to: &str, expected: bool) {
    let [first, from, to] = [first, from, to].map(|text| Url::parse(text).unwrap());
    let allowed = policy.follow(&first, &from, &to).is_ok();
    assert_eq!(allowed, expected, "{policy:?} {first} {from} -> {to}");
}

fn check_ip(ip: &str, public: bool, local: bool) {
    let address: IpAddr = ip.parse().unwrap();
    assert_eq!(Reach::Public.allows(address), public, "{ip} public");
    assert_eq!(Reach::Local.allows(address), local, "{ip} local");
}

#[test]
fn an_address_of_the_catalogue_is_https_at_a_name() {
    let policy = Policy::Catalogue;
    check_first(policy, "https://huggingface.co/a/b/resolve/main/c.gguf", true);
    check_first(policy, "https://models.example.org/c.gguf", true);
    for address in [
        "http://huggingface.co/c.gguf",
        "http://127.0.0.1:8000/c.gguf",
        "https://127.0.0.1/c.gguf",
        "https://[::1]/c.gguf",
        "https://localhost/c.gguf",
        "https://2130706433/c.gguf",
        "https://0x7f.1/c.gguf",
        "https://huggingface.co:8443/c.gguf",
        "https://me:secret@huggingface.co/c.gguf",
        "ftp://huggingface.co/c.gguf",
        "file:///etc/passwd",
        "data:text/plain,x",
        "huggingface.co/c.gguf",
        "",
    ] {
        check_first(policy, address, false);
    }
}

#[test]
fn a_mirror_is_https_or_near() {
    let policy = Policy::Mirror;
    for address in [
        "https://mirror.example.org/c.gguf",
        "https://192.168.1.5:8443/c.gguf",
        "http://127.0.0.1:8000/c.gguf",
        "http://localhost:8000/c.gguf",
        "http://10.1.2.3/c.gguf",
        "http://172.16.0.1/c.gguf",
        "http://192.168.1.5/c.gguf",
        "http://[::1]:8000/c.gguf",
        "http://[fd00::1]/c.gguf",
        // A name: its addresses are looked at when it is called.
        "http://nas.local/c.gguf",
    ] {
        check_first(policy, address, true);
    }
    for address in [
        "http://8.8.8.8/c.gguf",
        "http://[2606:4700::1]/c.gguf",
        "http://me@127.0.0.1/c.gguf",
        "smb://192.168.1.5/c.gguf",
        "file:///c.gguf",
    ] {
        check_first(policy, address, false);
    }
}

#[test]
fn the_catalogue_leads_only_to_its_host_and_its_stores() {
    let first = "https://huggingface.co/a/c.gguf";
    let check = |to: &str, expected| check_follow(Policy::Catalogue, first, first, to, expected);
    check("https://huggingface.co/b/c.gguf", true);
    check("https://cdn-lfs.huggingface.co/c", true);
    check("https://cas-bridge.xethub.hf.co/c?X-Amz-Expires=3600", true);
    check("https://CDN-LFS.HF.CO/c", true);
    for to in [
        "http://huggingface.co/c.gguf",
        "https://evil.example/c.gguf",
        "https://huggingface.co.evil.example/c.gguf",
        "https://evilhuggingface.co/c.gguf",
        "https://nothf.co/c.gguf",
        "https://127.0.0.1/c.gguf",
        "https://169.254.169.254/latest",
        "https://[::ffff:127.0.0.1]/c",
        "https://cdn-lfs.hf.co:22/c",
        "file:///etc/passwd",
        "ftp://huggingface.co/c",
    ] {
        check(to, false);
    }
    let own = "https://models.example.org/c.gguf";
    check_follow(Policy::Catalogue, own, own, "https://models.example.org/d.gguf", true);
    check_follow(Policy::Catalogue, own, own, "https://other.example.org/d.gguf", false);
}

#[test]
fn a_mirror_leads_only_to_itself_or_over_https_to_the_stores() {
    let near = "http://127.0.0.1:8000/c.gguf";
    let check = |to: &str, expected| check_follow(Policy::Mirror, near, near, to, expected);
    check("http://127.0.0.1:8000/d.gguf", true);
    check("http://127.0.0.1:8001/c.gguf", false);
    check("http://localhost:8000/c.gguf", false);
    check("http://192.168.1.1/c.gguf", false);
    check("http://files.example.com/c.gguf", false);
    check("https://huggingface.co/c.gguf", false);
    check("file:///etc/passwd", false);
    let far = "https://mirror.example.org/c.gguf";
    check_follow(Policy::Mirror, far, far, "https://cdn-lfs.hf.co/c", true);
    check_follow(Policy::Mirror, far, far, "https://mirror.example.org/d", true);
    check_follow(Policy::Mirror, far, far, "http://mirror.example.org/c", false);
    check_follow(Policy::Mirror, far, far, "https://evil.example/c", false);
    check_follow(Policy::Mirror, far, far, "https://192.168.1.1/c", false);
}

#[test]
fn an_address_is_public_or_local_or_neither() {
    for ip in ["127.0.0.1", "10.0.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254"] {
        check_ip(ip, false, true);
    }
    for ip in ["::1", "fe80::1", "fd12::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"] {
        check_ip(ip, false, true);
    }
    for ip in ["8.8.8.8", "172.32.0.1", "100.63.0.1", "100.128.0.1", "198.17.0.1", "198.20.0.1"] {
        check_ip(ip, true, false);
    }
    for ip in ["2606:4700::1", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8"] {
        check_ip(ip, true, false);
    }
    for ip in ["0.0.0.0", "100.64.0.1", "100.127.255.255", "192.0.0.8", "198.18.0.1", "224.0.0.1"] {
        check_ip(ip, false, false);
    }
    for ip in ["255.255.255.255", "240.0.0.1", "203.0.113.1", "::", "ff02::1", "2001:db8::1"] {
        check_ip(ip, false, false);
    }
    for ip in ["64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::1", "2001::1", "fec0::1"] {
        check_ip(ip, false, false);
    }
}

#[test]
fn names_of_the_internet_must_not_lead_into_the_house_and_a_proxy_may() {
    let catalogue = Url::parse("https://huggingface.co/c.gguf").unwrap();
    let reach = |name| Policy::Catalogue.reach(&catalogue, name);
    assert_eq!(reach("huggingface.co"), Reach::Public);
    assert_eq!(reach("cdn-lfs.hf.co"), Reach::Public);
    assert_eq!(reach("proxy.office"), Reach::Any);
    let near = Url::parse("http://nas.local/c.gguf").unwrap();
    assert_eq!(Policy::Mirror.reach(&near, "nas.local"), Reach::Local);
    let far = Url::parse("https://mirror.example.org/c.gguf").unwrap();
    assert_eq!(Policy::Mirror.reach(&far, "mirror.example.org"), Reach::Any);
    assert_eq!(Policy::Mirror.reach(&far, "cdn-lfs.hf.co"), Reach::Public);
}
