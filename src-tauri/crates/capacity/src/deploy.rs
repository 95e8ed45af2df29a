//! The files that several nodes need, for a number of them: load balancers, units, containers.
//!
//! Templates with marks such as `@SITE@`; a mark that is not filled in, and a value that would be
//! something else than a value in one of the files, are refused. Pure: nothing is written here.

use std::fmt::Write;

use crate::CapacityError;

/// What the templates are filled in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Each node's address and port, as the load balancer reaches it.
    pub nodes: Vec<String>,
    /// The name under which visitors reach the desk.
    pub site: String,
    /// What the load balancer listens on.
    pub front: Front,
    /// Requests that a node takes before it says that it is full.
    pub at_once: usize,
    /// A folder for sockets of programs that run.
    pub run: String,
}

/// What the load balancer listens on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Front {
    /// The whole network, encrypted.
    Https {
        /// Certificate and key in one file, as HAProxy wants them.
        pem: String,
    },
    /// One address, in the clear: for this computer alone, or behind something that encrypts.
    Http {
        /// Address and port.
        address: String,
    },
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployFile {
    /// Where, below the folder of all of them.
    pub path: &'static str,
    /// What is in it.
    pub text: String,
}

const TEMPLATES: &[(&str, &str)] = &[
    ("README.md", include_str!("deploy/templates/README.md.in")),
    ("haproxy.cfg", include_str!("deploy/templates/haproxy.cfg.in")),
    ("nginx.conf", include_str!("deploy/templates/nginx.conf.in")),
    ("systemd/frontdesk-node.service", include_str!("deploy/templates/node.service.in")),
    ("systemd/frontdesk-publisher.service", include_str!("deploy/templates/publisher.service.in")),
    ("container/Dockerfile", include_str!("deploy/templates/Dockerfile.in")),
    ("container/compose.yaml", include_str!("deploy/templates/compose.yaml.in")),
    ("kubernetes/frontdesk.yaml", include_str!("deploy/templates/kubernetes.yaml.in")),
];

/// Nodes that one file is written for; beyond that, something else hands out the work.
const MOST_NODES: usize = 64;
const LONGEST_VALUE: usize = 200;

impl Deployment {
    /// The usual set-up for so many nodes, with addresses to be replaced by one's own.
    pub fn usual(nodes: usize) -> Self {
        Self {
            nodes: (0..nodes).map(|number| format!("10.0.0.{}:8317", 11 + number)).collect(),
            site: "frontdesk.example.lan".into(),
            front: Front::Https { pem: "/etc/haproxy/frontdesk.pem".into() },
            at_once: 40,
            run: "/run/haproxy".into(),
        }
    }

    /// Every file. Fails when a value does not fit into the files.
    pub fn files(&self) -> Result<Vec<DeployFile>, CapacityError> {
        self.check()?;
        TEMPLATES
            .iter()
            .map(|(path, template)| Ok(DeployFile { path, text: self.filled(path, template)? }))
            .collect()
    }

    fn check(&self) -> Result<(), CapacityError> {
        let wrong = |what: &str, value: &str| {
            Err(CapacityError::Deployment { what: what.into(), value: value.into() })
        };
        if !(1..=MOST_NODES).contains(&self.nodes.len()) {
            return wrong("the number of nodes", &self.nodes.len().to_string());
        }
        if self.at_once == 0 {
            return wrong("the requests a node takes at once", "0");
        }
        for node in &self.nodes {
            let port = node.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
            if !is_value(node) || port.is_none() {
                return wrong("the address of a node", node);
            }
        }
        let (what, front) = match &self.front {
            Front::Https { pem } => ("the certificate's file", pem),
            Front::Http { address } => ("the address to listen on", address),
        };
        for (what, value) in
            [("the site's name", &self.site), ("the folder of sockets", &self.run), (what, front)]
        {
            if !is_value(value) {
                return wrong(what, value);
            }
        }
        Ok(())
    }

    fn filled(&self, path: &str, template: &str) -> Result<String, CapacityError> {
        let count = self.nodes.len();
        let port = self.nodes[0].rsplit_once(':').map_or("8317", |(_, port)| port);
        let marks: Vec<(&str, String)> = vec![
            ("@SITE@", self.site.clone()),
            ("@COUNT@", count.to_string()),
            ("@PORT@", port.to_owned()),
            ("@AT_ONCE@", self.at_once.to_string()),
            ("@RUN@", self.run.clone()),
            ("@TRIES@", count.clamp(2, 4).to_string()),
            ("@HAPROXY_BIND@", self.haproxy_bind()),
            (
                "@HAPROXY_SERVERS@",
                lines(&self.nodes, |number, node| {
                    format!("  server n{number} {node} check cookie n{number}")
                }),
            ),
            ("@NGINX_LISTEN@", self.nginx_listen()),
            (
                "@NGINX_SERVERS@",
                lines(&self.nodes, |_, node| format!("    server {node} max_fails=0;")),
            ),
            ("@COMPOSE_NODES@", lines(&self.nodes, |number, _| compose_node(number))),
            ("@COMPOSE_VOLUMES@", lines(&self.nodes, |number, _| format!("  data{number}:"))),
            ("@COMPOSE_NEEDS@", lines(&self.nodes, |number, _| format!("      - n{number}"))),
            (
                "@COMPOSE_SED@",
                lines(&self.nodes, |number, node| format!("#   {node} -> n{number}:8317")),
            ),
        ];
        let mut text = template.to_owned();
        for (mark, value) in marks {
            text = text.replace(mark, &value);
        }
        let is_mark = |word: &&str| {
            word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
        };
        match text.split('@').skip(1).find(is_mark) {
            Some(mark) => Err(CapacityError::Deployment {
                what: format!("a mark in {path}"),
                value: mark.to_owned(),
            }),
            None => Ok(text),
        }
    }

    fn haproxy_bind(&self) -> String {
        match &self.front {
            Front::Https { pem } => format!(
                "  bind :443 ssl crt {pem} alpn h2,http/1.1\n  bind :80\n  \
                 http-request redirect scheme https unless {{ ssl_fc }}"
            ),
            Front::Http { address } => format!("  bind {address}"),
        }
    }

    fn nginx_listen(&self) -> String {
        match &self.front {
            Front::Https { pem } => format!(
                "    # From nginx 1.25.1 on: listen 443 ssl; http2 on;\n    listen 443 ssl http2;\n    \
                 ssl_certificate {pem};\n    ssl_certificate_key {pem};"
            ),
            Front::Http { address } => format!("    listen {address};"),
        }
    }
}

/// One line for each node, numbered from 1.
fn lines(nodes: &[String], line: impl Fn(usize, &str) -> String) -> String {
    let all = nodes.iter().enumerate().map(|(at, node)| line(at + 1, node));
    all.collect::<Vec<_>>().join("\n")
}

fn compose_node(number: usize) -> String {
    let mut text = String::new();
    write!(
        text,
        "  n{number}:\n    <<: *node\n    hostname: n{number}\n    volumes:\n      \
         - data{number}:/var/lib/frontdesk\n      - ./kb:/srv/frontdesk/kb:ro\n      \
         - ./keys:/run/secrets/keys:ro"
    )
    .expect("writing to a string does not fail");
    text
}

/// Letters, digits and what addresses and paths are made of: nothing that ends a value.
fn is_value(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= LONGEST_VALUE
        && text.chars().all(|c| c.is_ascii_alphanumeric() || ".-_/:[]".contains(c))
}

#[cfg(test)]
mod tests;
