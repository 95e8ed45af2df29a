//! Following a folder and an address: what is new comes, what is wrong does not.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use super::{Looked, Source};
use crate::shelf::tests::publish;
use crate::{MANIFEST_FILE, Manifest, PackError, Shelf, SigningKey};

struct Place {
    folder: tempfile::TempDir,
    shelf: Shelf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = SigningKey::read_or_make(&folder.path().join("key")).unwrap();
        let shelf = Shelf::open(&folder.path().join("kb"), key).unwrap();
        Self { folder, shelf }
    }

    fn kb(&self) -> PathBuf {
        self.folder.path().join("kb")
    }

    fn own(&self) -> PathBuf {
        self.folder.path().join("own")
    }
}

fn fresh(source: &mut Source) -> Manifest {
    match source.look().unwrap() {
        Looked::Fresh(manifest) => *manifest,
        Looked::Unchanged => panic!("nothing new was seen"),
    }
}

/// Everything that must hold of a folder and of an address alike.
fn check_followed(place: &Place, from: &str) {
    let mut source = Source::new(from, place.shelf.publisher());
    assert!(matches!(source.look(), Err(PackError::Empty { .. })));
    publish(&place.shelf, 1, "the first knowledge");
    let manifest = fresh(&mut source);
    let fetched = source.fetch(&manifest, &place.own()).unwrap();
    assert_eq!(fs::read_to_string(&fetched).unwrap(), "the first knowledge");
    assert_eq!(source.look().unwrap(), Looked::Unchanged);
    source.forget();
    assert_eq!(fresh(&mut source), manifest);

    publish(&place.shelf, 2, "the second");
    let manifest = fresh(&mut source);
    let pack = place.kb().join("kb-2.pack");
    let refuses = |content: &[u8], expected: &str, may_pass: bool| {
        fs::write(&pack, content).unwrap();
        let refused = source.fetch(&manifest, &place.own()).unwrap_err();
        assert_eq!(refused.may_pass(), may_pass, "{refused:?}");
        assert!(refused.to_string().contains(expected), "{refused}");
        let left = fs::read_dir(place.own()).unwrap().flatten();
        let wrong = left.filter(|entry| entry.file_name() == "kb-2.pack").count();
        assert_eq!(wrong, 0, "nothing wrong is left under its name");
    };
    refuses(b"the second and more", "longer than the 10 bytes", false);
    refuses(b"the", "has 3 of the 10 bytes", true);
    refuses(b"THE SECOND", "is not the file that was signed", false);
    fs::write(&pack, "the second").unwrap();
    assert!(source.fetch(&manifest, &place.own()).is_ok(), "the right one is taken in the end");
}

#[test]
fn a_folder_is_followed() {
    let place = Place::new();
    check_followed(&place, &place.kb().to_string_lossy());
}

#[test]
fn an_address_is_followed() {
    let place = Place::new();
    let address = serve(&place.kb());
    check_followed(&place, &format!("http://{address}/kb/"));
}

#[test]
fn a_download_that_breaks_off_goes_on() {
    let place = Place::new();
    let content = "knowledge ".repeat(40_000);
    publish(&place.shelf, 1, &content);
    let address = serve_breaking_off(&place.kb(), 2);
    let mut source = Source::new(&format!("http://{address}"), place.shelf.publisher());
    let manifest = fresh(&mut source);
    let fetched = source.fetch(&manifest, &place.own()).unwrap();
    assert_eq!(fs::read_to_string(fetched).unwrap(), content);
    publish(&place.shelf, 2, &content.replace('k', "K"));
    let never = serve_breaking_off(&place.kb(), usize::MAX);
    let mut source = Source::new(&format!("http://{never}"), place.shelf.publisher());
    let manifest = fresh(&mut source);
    let refused = source.fetch(&manifest, &place.own()).unwrap_err();
    assert!(refused.may_pass(), "{refused:?}");
    assert!(!place.own().join("kb-2.pack").exists(), "half of it has no name");
}

#[test]
fn a_manifest_that_is_too_long_or_not_there_any_more_is_told() {
    let place = Place::new();
    publish(&place.shelf, 1, "one");
    let manifest = place.kb().join(MANIFEST_FILE);
    for from in
        [place.kb().to_string_lossy().into_owned(), format!("http://{}", serve(&place.kb()))]
    {
        fs::write(&manifest, vec![b' '; 70_000]).unwrap();
        let mut source = Source::new(&from, place.shelf.publisher());
        assert!(source.look().is_err(), "{from}");
        fs::remove_file(&manifest).unwrap();
        assert!(matches!(source.look(), Err(PackError::Empty { .. })), "{from}");
    }
    let gone = "http://127.0.0.1:9";
    let refused = Source::new(gone, place.shelf.publisher()).look().unwrap_err();
    assert!(refused.may_pass(), "{refused}");
}

/// A small web server for one folder, with ETags by content, until the test ends.
fn serve(folder: &Path) -> SocketAddr {
    serve_breaking_off(folder, 0)
}

/// The same; so many packs are cut off in the middle.
fn serve_breaking_off(folder: &Path, mut breaking_off: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let Ok(mut connection) = connection else { return };
            let mut request = Vec::new();
            let mut piece = [0; 1024];
            while !request.windows(4).any(|end| end == b"\r\n\r\n") {
                match connection.read(&mut piece) {
                    Ok(read) if read > 0 => request.extend_from_slice(&piece[..read]),
                    _ => break,
                }
            }
            let request = String::from_utf8_lossy(&request).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            let head = |status: &str, more: &str, length: usize| {
                format!(
                    "HTTP/1.1 {status}\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n"
                )
            };
            let reply = match fs::read(folder.join(name)) {
                Err(_) => head("404 Not Found", "", 0).into_bytes(),
                Ok(content) => {
                    let mut hasher = DefaultHasher::new();
                    content.hash(&mut hasher);
                    let etag = format!("\"{:x}\"", hasher.finish());
                    match request.contains(&format!("if-none-match: {etag}")) {
                        true => head("304 Not Modified", "", 0).into_bytes(),
                        false => {
                            let etag = format!("etag: {etag}\r\n");
                            [head("200 OK", &etag, content.len()).into_bytes(), content].concat()
                        }
                    }
                }
            };
            let mut sent = reply.len();
            if breaking_off > 0 && name.ends_with(".pack") {
                breaking_off -= 1;
                sent /= 2;
            }
            if connection.write_all(&reply[..sent]).is_err() {
                continue;
            }
        }
    });
    address
}
