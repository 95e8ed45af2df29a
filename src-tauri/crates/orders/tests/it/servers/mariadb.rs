//! MariaDB.

use mysql::Conn;
use mysql::prelude::Queryable;

use super::running::{Server, free_port, program, run, without_rights};
use super::{TABLES, check_refusals, check_source};

const FOLDERS: &[&str] = &["/usr/sbin", "/usr/bin", "/usr/libexec"];

#[test]
fn a_mariadb_table_is_read_only_and_verified() {
    let Some(server) = start() else { return };
    let admin = format!("mysql://root@127.0.0.1:{}/mysql?prefer_socket=false", server.port);
    let mut client = Conn::new(admin.as_str()).unwrap();
    client.query_drop("CREATE DATABASE shop").unwrap();
    client.query_drop("USE shop").unwrap();
    for statement in TABLES {
        client.query_drop(statement).unwrap();
    }
    client.query_drop("CREATE USER reader@'127.0.0.1' IDENTIFIED BY 's3cret'").unwrap();
    client.query_drop("GRANT ALL ON shop.* TO reader@'127.0.0.1'").unwrap();
    let reader = format!("mysql://reader:s3cret@127.0.0.1:{}/shop", server.port);
    check_source(&reader);
    check_refusals(&reader);
    let rows: Option<i64> = client.query_first("SELECT count(*) FROM orders").unwrap();
    assert_eq!(rows, Some(4));
}

fn start() -> Option<Server> {
    let install = program("mariadb-install-db", FOLDERS)?;
    let mariadbd = program("mariadbd", FOLDERS)?;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    {
        use std::os::unix::fs::PermissionsExt;
        let everybody = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), everybody).unwrap();
    }
    let datadir = format!("--datadir={}", data.display());
    let mut make = without_rights(&install, folder.path());
    make.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
    make.arg(&datadir).current_dir(folder.path());
    run(make);
    let port = free_port();
    let socket = format!("--socket={}", folder.path().join("s").display());
    let mut serve = without_rights(&mariadbd, folder.path());
    serve.args(["--no-defaults", "--bind-address=127.0.0.1", "--skip-log-bin"]);
    serve.args([&datadir, &socket, &format!("--port={port}")]).current_dir(folder.path());
    let url = format!("mysql://root@127.0.0.1:{port}/mysql?prefer_socket=false");
    Some(Server::start(serve, port, folder, || Conn::new(url.as_str()).is_ok()))
}
