//! Each program's own way of keeping models, built in a folder, and nonsense in its place.

use std::fs;

use tempfile::TempDir;

use super::*;

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    #[cfg(unix)]
    fn link(&self, path: &str, to: impl AsRef<Path>) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(to, path).unwrap();
    }

    fn found(&self) -> Vec<Found> {
        find(&Surroundings::of_home(self.0.path()))
    }

    fn names(&self) -> Vec<String> {
        self.found().iter().map(|it| format!("{}: {}", it.program, it.name)).collect()
    }
}

fn manifest(hash: &str) -> String {
    format!(
        r#"{{"schemaVersion":2,"config":{{"digest":"sha256:00"}},"layers":[
            {{"mediaType":"application/vnd.ollama.image.template","digest":"sha256:11","size":1}},
            {{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:{hash}","size":9}}]}}"#
    )
}

#[test]
fn ollama_is_read_from_its_lists() {
    let home = Home::new();
    let catalog = Catalog::bundled();
    let known = &catalog.models[0];
    let unknown = "ab".repeat(32);
    let lists = ".ollama/models/manifests";
    home.write(
        &format!("{lists}/registry.ollama.ai/library/smollm2/135m"),
        manifest(&known.sha256),
    );
    home.write(
        &format!("{lists}/registry.ollama.ai/library/smollm2/again"),
        manifest(&known.sha256),
    );
    home.write(&format!("{lists}/hf.co/maker/model-GGUF/Q4_K_M"), manifest(&unknown));
    home.write(&format!(".ollama/models/blobs/sha256-{}", known.sha256), "12345");
    home.write(&format!(".ollama/models/blobs/sha256-{unknown}"), "1234");
    let found = home.found();
    assert_eq!(home.names(), ["Ollama: smollm2:135m", "Ollama: hf.co/maker/model-GGUF:Q4_K_M"]);
    assert_eq!(found[0].entry(&catalog).unwrap().id, known.id, "its list says the hash");
    assert_eq!((found[0].size_bytes, &found[1].sha256), (5, &Some(unknown)));
    assert!(found[1].entry(&catalog).is_none());
    assert!(
        found[0].path.is_absolute() && found[0].path.ends_with(format!("sha256-{}", known.sha256))
    );
}

#[test]
fn ollama_may_keep_models_elsewhere() {
    let home = Home::new();
    let hash = "cd".repeat(32);
    home.write("service/manifests/registry.ollama.ai/library/a/latest", manifest(&hash));
    home.write(&format!("service/blobs/sha256-{hash}"), "1");
    let service = Some(home.0.path().join("service"));
    let told = Surroundings { ollama_models: service.clone(), ..Surroundings::default() };
    let usual = Surroundings { ollama_service: service, ..Surroundings::default() };
    for surroundings in [told, usual] {
        assert_eq!(find(&surroundings)[0].name, "a:latest");
    }
}

#[test]
fn nonsense_in_ollamas_lists_is_passed_over() {
    let home = Home::new();
    let list = |name: &str, content: &str| {
        home.write(&format!(".ollama/models/manifests/h/n/m/{name}"), content);
    };
    list("text", "not json");
    list("list", "[1,2,3]");
    list("empty", "");
    list("deep", &"[".repeat(100_000));
    list("no-layers", r#"{"layers":[]}"#);
    list("climbing", &manifest("../../../../../etc/passwd"));
    list("short", &manifest("abc"));
    list("no-blob", &manifest(&"ef".repeat(32)));
    list("huge", &" ".repeat(2 << 20));
    home.write(".ollama/models/manifests/stray", manifest(&"ef".repeat(32)));
    assert_eq!(home.names(), [""; 0]);
}

#[test]
fn lm_studio_keeps_makers_models_and_files() {
    let home = Home::new();
    home.write(".lmstudio/models/maker/model/model-q4.gguf", "123");
    home.write(".lmstudio/models/maker/model/mmproj-model.gguf", "1234");
    home.write(".lmstudio/models/maker/big/big-00001-of-00002.gguf", "12345");
    home.write(".lmstudio/models/maker/model/readme.md", "1");
    home.write(".lmstudio/models/maker/model/nothing-in-it.gguf", "");
    home.write(".cache/lm-studio/models/old/model/old-q8.gguf", "12");
    let moved = home.write("disk/lm/models/new/model/moved.gguf", "1");
    let folder = moved.ancestors().nth(4).unwrap().display().to_string();
    home.write(".lmstudio-home-pointer", format!("{folder}\n"));
    let expected = ["LM Studio: model-q4", "LM Studio: old-q8", "LM Studio: moved"];
    assert_eq!(home.names(), expected);
}

#[test]
fn jan_describes_its_models() {
    let home = Home::new();
    let data = ".local/share/Jan/data";
    home.write(&format!("{data}/llamacpp/models/maker/one/model.gguf"), "1234");
    let one =
        "model_path: llamacpp/models/maker/one/model.gguf\nname: \"One of them\"\nsize_bytes: 4\n";
    home.write(&format!("{data}/llamacpp/models/maker/one/model.yml"), one);
    home.write(&format!("{data}/llamacpp/models/two/model.gguf"), "123");
    let left = home.write("Downloads/left here.gguf", "12");
    let three = format!("name: three\nmodel_path: '{}'\n", left.display());
    home.write(&format!("{data}/llamacpp/models/three/model.yml"), three);
    home.write("jan/models/old/old.gguf", "1");
    let expected = ["Jan: One of them", "Jan: two", "Jan: three", "Jan: old"];
    assert_eq!(home.names(), expected);
    assert_eq!(home.found()[2].path, fs::canonicalize(left).unwrap());
}

#[test]
fn jan_may_keep_everything_elsewhere_and_write_nonsense() {
    let home = Home::new();
    let moved = home.0.path().join("disk/jan");
    let settings = serde_json::json!({ "data_folder": moved }).to_string();
    home.write("AppData/Roaming/Jan/settings.json", settings);
    home.write("disk/jan/llamacpp/models/moved/model.gguf", "1");
    let base = ".local/share/Jan";
    home.write(&format!("{base}/settings.json"), r#"{"data_folder":7}"#);
    for (id, description) in [
        ("a", "model_path: /etc/passwd"),
        ("b", "model_path: ../../../outside.gguf"),
        ("c", "model_path:"),
        ("d", "model_path: [1, 2"),
        ("e", "\u{0}\u{1}"),
        ("f", "model_path: /dev/null.gguf"),
    ] {
        home.write(&format!("{base}/data/llamacpp/models/{id}/model.yml"), description);
    }
    home.write(".local/share/outside.gguf", "12");
    assert_eq!(home.names(), ["Jan: moved"]);
}

#[test]
fn gpt4all_keeps_plain_files() {
    let home = Home::new();
    let catalog = Catalog::bundled();
    let known = catalog.models.iter().find(|entry| entry.size_exact).unwrap();
    let path =
        home.write(&format!("Library/Application Support/nomic.ai/GPT4All/{}", known.file), "");
    fs::File::options().write(true).open(&path).unwrap().set_len(known.size_bytes).unwrap();
    home.write("AppData/Local/nomic.ai/GPT4All/other.gguf", "1");
    let found = home.found();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].entry(&catalog).unwrap().id, known.id, "it says so by name and size");
    assert!(found[1].entry(&catalog).is_none());
}

#[cfg(unix)]
#[test]
fn hugging_face_keeps_links_to_hashes() {
    let home = Home::new();
    let catalog = Catalog::bundled();
    let hash = catalog.models[1].sha256.clone();
    let model = ".cache/huggingface/hub/models--maker--model";
    home.write(&format!("{model}/blobs/{hash}"), "123");
    home.write(&format!("{model}/blobs/notes"), "1");
    home.link(&format!("{model}/snapshots/rev/some-name.gguf"), format!("../../blobs/{hash}"));
    home.link(&format!("{model}/snapshots/rev/notes.md"), "../../blobs/notes");
    let found = home.found();
    assert_eq!(home.names(), ["Hugging Face: some-name"]);
    assert_eq!(found[0].entry(&catalog).unwrap().id, catalog.models[1].id);
    assert!(!fs::symlink_metadata(&found[0].path).unwrap().is_symlink(), "the file, not the link");
}

#[cfg(unix)]
#[test]
fn links_out_of_a_programs_folder_are_not_followed() {
    let home = Home::new();
    let secret = home.write("secret/private.gguf", "123");
    home.link(".lmstudio/models/a/b/link.gguf", &secret);
    home.link(".lmstudio/models/a/folder", secret.parent().unwrap());
    home.link(".cache/huggingface/hub/models--a--b/snapshots/r/x.gguf", &secret);
    home.link(".lmstudio/models/round", "..");
    let hash = "ab".repeat(32);
    home.write(".ollama/models/manifests/h/n/m/tag", manifest(&hash));
    home.link(&format!(".ollama/models/blobs/sha256-{hash}"), &secret);
    assert_eq!(home.names(), [""; 0]);
    // A whole folder of models on another disk is the owner's own wish.
    home.write("disk/models/maker/model/mine.gguf", "1");
    home.link(".cache/lm-studio/models", home.0.path().join("disk/models"));
    assert_eq!(home.names(), ["LM Studio: mine"]);
}

#[test]
fn a_computer_without_other_programs_has_nothing() {
    assert_eq!(Home::new().names(), [""; 0]);
    assert!(find(&Surroundings::default()).is_empty());
    assert!(Surroundings::of_this_computer().ollama_service.is_some());
}
