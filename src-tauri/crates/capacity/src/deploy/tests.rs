//! The files are whole for any number of nodes, and nothing can be smuggled into them.

use super::{Deployment, Front};

fn text(deployment: &Deployment, path: &str) -> String {
    let files = deployment.files().unwrap();
    files.into_iter().find(|file| file.path == path).unwrap().text
}

#[test]
fn every_node_is_in_every_file_that_names_nodes() {
    for count in [1, 2, 4, 64] {
        let deployment = Deployment::usual(count);
        let count_of = |path: &str, what: &str| text(&deployment, path).matches(what).count();
        assert_eq!(count_of("haproxy.cfg", "  server n"), count, "{count}");
        assert_eq!(count_of("nginx.conf", " max_fails=0;"), count, "{count}");
        assert_eq!(count_of("container/compose.yaml", "<<: *node"), count, "{count}");
        let replicas = format!("replicas: {count}\n");
        assert_eq!(count_of("kubernetes/frontdesk.yaml", &replicas), 1, "{count}");
        for node in &deployment.nodes {
            assert_eq!(count_of("haproxy.cfg", &format!(" {node} ")), 1, "{node}");
            assert_eq!(count_of("nginx.conf", &format!(" {node} ")), 1, "{node}");
        }
    }
}

#[test]
fn no_file_has_a_mark_left_or_a_line_that_ends_in_blanks() {
    for file in Deployment::usual(2).files().unwrap() {
        let is_mark = |word: &str| word.len() > 2 && word.starts_with('@') && word.ends_with('@');
        assert!(!file.text.split_whitespace().any(is_mark), "{}", file.path);
        assert!(file.text.ends_with('\n'), "{}", file.path);
        assert!(file.text.lines().all(|line| line.trim_end() == line), "{}", file.path);
        assert!(!file.text.contains('\t'), "{}", file.path);
    }
}

#[test]
fn what_makes_streams_and_failures_work_is_there() {
    let deployment = Deployment::usual(2);
    let check = |path: &str, line: &str| {
        let found = text(&deployment, path).lines().any(|own| own.trim() == line);
        assert!(found, "{path} lacks {line:?}");
    };
    check("haproxy.cfg", "option http-no-delay");
    check("haproxy.cfg", "option abortonclose");
    check("haproxy.cfg", "option redispatch 1");
    check("haproxy.cfg", "retry-on conn-failure empty-response");
    check("nginx.conf", "proxy_buffering off;");
    check("nginx.conf", "proxy_http_version 1.1;");
    check("systemd/frontdesk-node.service", "NoNewPrivileges=yes");
    assert!(text(&deployment, "haproxy.cfg").contains("on-error mark-down"));
}

fn check_refused(change: impl FnOnce(&mut Deployment), expected: &str) {
    let mut deployment = Deployment::usual(2);
    change(&mut deployment);
    let said = deployment.files().unwrap_err().to_string();
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_value_that_would_be_more_than_a_value_is_refused() {
    check_refused(|it| it.nodes.clear(), "number of nodes");
    check_refused(|it| it.nodes = Deployment::usual(65).nodes, "number of nodes");
    check_refused(|it| it.nodes[0] = "10.0.0.1".into(), "address of a node");
    check_refused(|it| it.nodes[0] = "10.0.0.1:99999".into(), "address of a node");
    check_refused(|it| it.nodes[0] = "a:1; deny all".into(), "address of a node");
    check_refused(|it| it.site = "a\nb".into(), "site's name");
    check_refused(|it| it.site = String::new(), "site's name");
    check_refused(|it| it.run = "/run/a b".into(), "folder of sockets");
    check_refused(|it| it.front = Front::Https { pem: "x;".into() }, "certificate");
    check_refused(|it| it.front = Front::Http { address: "\"".into() }, "listen on");
    check_refused(|it| it.at_once = 0, "at once");
}

#[test]
fn the_files_that_ship_are_those_for_two_nodes() {
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../deploy");
    for file in Deployment::usual(2).files().unwrap() {
        let path = shipped.join(file.path);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            text == file.text,
            "{} is not what the planner writes; run: frontdesk-node plan --deploy deploy --nodes 2",
            path.display()
        );
    }
}
