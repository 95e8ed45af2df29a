//! PostgreSQL.

use postgres::{Client, NoTls};

use super::running::{Server, free_port, program, run, without_rights};
use super::{TABLES, check_refusals, check_source};

const FOLDERS: &[&str] = &["/usr/lib/postgresql"];

#[test]
fn a_postgresql_table_is_read_only_and_verified() {
    let Some(server) = start() else { return };
    let admin = format!("postgres://nobody@127.0.0.1:{}/postgres", server.port);
    let mut client = Client::connect(&admin, NoTls).unwrap();
    for statement in TABLES {
        client.batch_execute(statement).unwrap();
    }
    let rights = "CREATE ROLE reader LOGIN PASSWORD 's3cret'; GRANT ALL ON orders, sku TO reader";
    client.batch_execute(rights).unwrap();
    let reader = format!("postgres://reader:s3cret@127.0.0.1:{}/postgres", server.port);
    check_source(&reader);
    check_refusals(&reader);
    let rows = client.query_one("SELECT count(*) FROM orders", &[]).unwrap();
    assert_eq!(rows.get::<_, i64>(0), 4);
}

fn start() -> Option<Server> {
    let (initdb, postgres) = (program("initdb", FOLDERS)?, program("postgres", FOLDERS)?);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    open_to_all(folder.path());
    let mut make = without_rights(&initdb, folder.path());
    make.args(["--no-sync", "--auth=trust", "--username=nobody", "--encoding=UTF8", "--pgdata"]);
    make.arg(&data).current_dir(folder.path());
    run(make);
    // The owner is trusted; the reader has to know the password.
    let rules = "host all reader 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n";
    std::fs::write(data.join("pg_hba.conf"), rules).unwrap();
    let port = free_port();
    let mut serve = without_rights(&postgres, folder.path());
    serve.arg("-D").arg(&data).args(["-h", "127.0.0.1", "-F", "-p", &port.to_string()]);
    serve.arg("-k").arg(folder.path()).current_dir(folder.path());
    let url = format!("postgres://nobody@127.0.0.1:{port}/postgres");
    Some(Server::start(serve, port, folder, || Client::connect(&url, NoTls).is_ok()))
}

/// The account without rights must be able to get to its folder.
fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}
