//! OpenAI's own client and LangChain through real load balancers, while a node is killed.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::balancer::{Balancer, Kind};
use crate::cluster::{Cluster, SITE};
use crate::{skip, turn};

/// The Python that has their packages; the stage sets it where they could be had.
const PYTHON: &str = "FRONTDESK_CLIENTS_PYTHON";

#[test]
fn their_clients_stream_cited_answers_and_do_not_notice_a_killed_node() {
    let Some(_turn) = turn() else { return };
    let Some(python) = std::env::var_os(PYTHON) else {
        return skip("OpenAI's client and LangChain are not here");
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/tests/clients/check.py");
    for kind in Kind::ALL {
        let mut cluster = Cluster::start(2);
        let Some(balancer) = Balancer::start(kind, &cluster) else { continue };
        let mut command = Command::new(&python);
        command
            .arg(&script)
            .args(["--at", &format!("http://{}/v1", balancer.address), SITE])
            .args([&cluster.programs_key(), "Is there parking at the shop?"])
            .envs([("LANGSMITH_TRACING", "false"), ("PYTHONDONTWRITEBYTECODE", "1")])
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy).env_remove(proxy.to_lowercase());
        }
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        if line.trim() == "halfway" {
            cluster.kill(1);
        }
        said.read_to_string(&mut line).unwrap();
        assert!(child.wait().unwrap().success(), "{kind:?}: {line}");
        assert!(line.ends_with("passed\n"), "{kind:?}: {line}");
    }
}
