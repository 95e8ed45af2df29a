//! Other programs' clients against a served desk: OpenAI's own and LangChain, from the Python
//! package index, in an environment of their own in the cache.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::files::hash_text;
use crate::process;
use crate::workspace::Workspace;

/// Where the script and the list of its packages lie.
const FOLDER: &str = "src-tauri/crates/server/tests/clients";

/// What the tests of several nodes call the Python with the packages.
pub const PYTHON_VARIABLE: &str = "FRONTDESK_CLIENTS_PYTHON";

/// Runs the script. Where its packages cannot be had, a sentence says so, and nothing is tested.
pub fn check(workspace: &Workspace) -> Result<()> {
    let Some(python) = python(workspace) else { return Ok(()) };
    let mut check = workspace.command(&python);
    // Nothing of theirs may ask anybody but our own server.
    check.arg(workspace.root.join(FOLDER).join("check.py"));
    check.arg(workspace.program("frontdesk-node"));
    check.envs([("LANGSMITH_TRACING", "false"), ("PYTHONDONTWRITEBYTECODE", "1")]);
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        check.env_remove(proxy).env_remove(proxy.to_lowercase());
    }
    process::run(&mut check)
}

/// The Python with the packages; where they cannot be had, a sentence says so.
pub fn python(workspace: &Workspace) -> Option<PathBuf> {
    let list = workspace.root.join(FOLDER).join("requirements.txt");
    match environment(workspace, &list) {
        Ok(python) => Some(python),
        Err(error) => {
            eprintln!(
                "SKIPPED: OpenAI's client and LangChain were not tried, for want of their Python \
                 packages: {error:#}"
            );
            None
        }
    }
}

/// The Python of an environment with these packages; it is made when there is none.
fn environment(workspace: &Workspace, list: &Path) -> Result<PathBuf> {
    let packages = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let name = format!("clients-{}", &hash_text(&packages)[..16]);
    let folder = workspace.cache.join("python").join(name);
    let python = |folder: &Path| {
        folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
    };
    if folder.join("whole").exists() {
        return Ok(python(&folder));
    }
    eprintln!("installing OpenAI's client and LangChain for the tests");
    if let Some(above) = folder.parent() {
        std::fs::create_dir_all(above)?;
    }
    // An environment knows its own place, so it is made where it stays; the mark comes last.
    let mut make = Command::new("python3");
    process::run(make.args(["-m", "venv", "--clear"]).arg(&folder))?;
    let mut install = Command::new(python(&folder));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    // Without a network this is over soon.
    install.args(["--retries", "1", "--timeout", "15"]);
    process::run(install.args(["--only-binary=:all:", "--requirement"]).arg(list))?;
    std::fs::write(folder.join("whole"), "")?;
    Ok(python(&folder))
}
