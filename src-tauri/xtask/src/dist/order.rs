//! What was ordered: kinds, variants, profile and version of packages.

use anyhow::{Context, Result, bail, ensure};

const USAGE: &str = "usage: cargo xtask dist [deb|rpm] [--variant full|light|multilingual] [--profile release|dev] \
[--version X.Y.Z] [--built]\n       cargo xtask dist audit FILE.deb...\n       cargo xtask dist prove [--older FILE.deb]";

/// Whose packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Debian and its relatives.
    Deb,
    /// Fedora, openSUSE and their relatives.
    Rpm,
}

/// What is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Programs, the small chat model, and the search model for English.
    Full,
    /// Programs without models, for who brings their own.
    Light,
    /// The search model for other languages alone, beside either of the two.
    Multilingual,
}

impl Variant {
    const ALL: [Variant; 3] = [Variant::Full, Variant::Light, Variant::Multilingual];

    /// The package's name.
    pub fn package(self) -> &'static str {
        match self {
            Variant::Full => "frontdesk",
            Variant::Light => "frontdesk-light",
            Variant::Multilingual => "frontdesk-multilingual",
        }
    }

    /// The largest package there may be, in bytes.
    pub fn most_bytes(self) -> u64 {
        match self {
            Variant::Full => 180_000_000,
            Variant::Light => 45_000_000,
            Variant::Multilingual => 80_000_000,
        }
    }

    /// The models inside, by the names of the catalogue.
    pub fn models(self) -> &'static [&'static str] {
        match self {
            Variant::Full => &["smollm2-135m-instruct", "all-minilm-l6-v2"],
            Variant::Light => &[],
            Variant::Multilingual => &["multilingual-e5-small"],
        }
    }

    /// Whether the programs are inside.
    pub fn has_programs(self) -> bool {
        self != Variant::Multilingual
    }

    fn word(self) -> &'static str {
        match self {
            Variant::Full => "full",
            Variant::Light => "light",
            Variant::Multilingual => "multilingual",
        }
    }
}

/// How the programs were compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// For people.
    Release,
    /// As tests run them; quick to make.
    Dev,
}

impl Profile {
    /// Cargo's folder of its programs.
    pub fn folder(self) -> &'static str {
        match self {
            Profile::Release => "release",
            Profile::Dev => "debug",
        }
    }
}

/// One call of the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub kinds: Vec<Kind>,
    pub variants: Vec<Variant>,
    pub profile: Profile,
    pub version: String,
    /// The programs are there; nothing is built.
    pub is_built: bool,
}

/// Reads the arguments; `version` is the one in the manifest.
pub fn parse(arguments: &[String], version: String) -> Result<Order> {
    let mut order = Order {
        kinds: Vec::new(),
        variants: Vec::new(),
        profile: Profile::Release,
        version,
        is_built: false,
    };
    let mut words = arguments.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value\n{USAGE}"));
        match word {
            "deb" => order.kinds.push(Kind::Deb),
            "rpm" => order.kinds.push(Kind::Rpm),
            "--built" => order.is_built = true,
            "--version" => order.version = value()?.to_string(),
            "--variant" => {
                let name = value()?;
                let known = Variant::ALL.into_iter().find(|variant| variant.word() == name);
                order
                    .variants
                    .push(known.with_context(|| format!("no variant `{name}`\n{USAGE}"))?);
            }
            "--profile" => match value()? {
                "release" => order.profile = Profile::Release,
                "dev" => order.profile = Profile::Dev,
                other => bail!("no profile `{other}`\n{USAGE}"),
            },
            _ => bail!("{USAGE}"),
        }
    }
    ensure!(is_version(&order.version), "`{}` is not a version such as 1.2.3", order.version);
    if order.kinds.is_empty() {
        order.kinds = vec![Kind::Deb, Kind::Rpm];
    }
    if order.variants.is_empty() {
        order.variants = Variant::ALL.to_vec();
    }
    Ok(order)
}

/// Three numbers: what both kinds of packages sort alike.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').count() == 3 && text.split('.').all(is_number)
}

#[cfg(test)]
mod tests;
