//! The ways in which the file is served.

/// How to serve the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// As a good server does: length, strong ETag, `Range` and `If-Range`.
    Ok,
    /// As a good server does, slowly, in small pieces.
    Paced,
    /// The first answer breaks off in the middle; the others are good.
    Cut,
    /// The first answer breaks off; later ones ignore `Range` and send everything.
    NoRange,
    /// The first answer breaks off; later ones send another part than they were asked for.
    WrongRange,
    /// The first answer breaks off; later ones break off before the first new byte.
    CutAgain,
    /// A `Content-Length` larger than the file.
    LieLonger,
    /// A `Content-Length` smaller than the file.
    LieShorter,
    /// Always half of the file, whatever is asked.
    Short,
    /// No length, and more bytes than the file has.
    Long,
    /// The right length, one bit is different.
    WrongHash,
    /// The first answer breaks off; then the file has changed, and the server says so.
    EtagChange,
    /// The first answer breaks off; then the rest of a changed file is sent as if it fitted.
    EtagLie,
    /// A weak ETag, and the first answer breaks off.
    WeakEtag,
    /// Compressed, though nobody asked for it.
    Gzip,
    /// The first answer breaks off; then every `Range` is refused with 416.
    Unsatisfiable,
    /// 503 with `Retry-After: 1` the first time, then good.
    BusyOnce,
    /// 503 with a day of `Retry-After` the first time, then good.
    BusyForADay,
    /// 503, always.
    Busy,
    /// A few bytes a second.
    Slow,
    /// No answer.
    Hang,
    /// Half of the file, then nothing, without an end.
    HangHalfway,
    /// Half of the file, then the connection is reset.
    Reset,
    /// This many redirects to itself, then the file.
    Redirects(u8),
    /// A redirect to itself.
    RedirectLoop,
    /// A redirect to a file of the computer that asks.
    RedirectFile,
    /// A redirect to a plain address somewhere on the internet.
    RedirectHttp,
    /// A redirect to another port of this computer.
    RedirectElsewhere,
    /// A redirect to this computer under its other name.
    RedirectLocalhost,
    /// A redirect to where the computers of a cloud keep their secrets.
    RedirectMetadata,
    /// A good answer that proposes `../../evil` as a name.
    EvilName,
    /// 404.
    Gone,
    /// 403.
    Forbidden,
}

/// The manners with a plain name, for every name one.
const NAMES: &[(Manner, &str)] = &[
    (Manner::Ok, "ok"),
    (Manner::Paced, "paced"),
    (Manner::Cut, "cut"),
    (Manner::NoRange, "norange"),
    (Manner::WrongRange, "wrongrange"),
    (Manner::CutAgain, "cutagain"),
    (Manner::LieLonger, "lielonger"),
    (Manner::LieShorter, "lieshorter"),
    (Manner::Short, "short"),
    (Manner::Long, "long"),
    (Manner::WrongHash, "wronghash"),
    (Manner::EtagChange, "etagchange"),
    (Manner::EtagLie, "etaglie"),
    (Manner::WeakEtag, "weaketag"),
    (Manner::Gzip, "gzip"),
    (Manner::Unsatisfiable, "416"),
    (Manner::BusyOnce, "busyonce"),
    (Manner::BusyForADay, "busyday"),
    (Manner::Busy, "busy"),
    (Manner::Slow, "slow"),
    (Manner::Hang, "hang"),
    (Manner::HangHalfway, "hanghalfway"),
    (Manner::Reset, "reset"),
    (Manner::RedirectLoop, "redirect-loop"),
    (Manner::RedirectFile, "redirect-file"),
    (Manner::RedirectHttp, "redirect-http"),
    (Manner::RedirectElsewhere, "redirect-elsewhere"),
    (Manner::RedirectLocalhost, "redirect-localhost"),
    (Manner::RedirectMetadata, "redirect-metadata"),
    (Manner::EvilName, "evilname"),
    (Manner::Gone, "gone"),
    (Manner::Forbidden, "forbidden"),
];

impl Manner {
    /// The word in the address.
    pub fn name(self) -> String {
        match self {
            Manner::Redirects(count) => format!("redirects{count}"),
            other => NAMES
                .iter()
                .find(|(manner, _)| *manner == other)
                .map(|(_, name)| (*name).to_string())
                .expect("every manner but the counted one has a name"),
        }
    }

    /// The manner of a word.
    pub(crate) fn called(name: &str) -> Option<Self> {
        if let Some(count) = name.strip_prefix("redirects") {
            return Some(Manner::Redirects(count.parse().ok()?));
        }
        NAMES.iter().find(|(_, known)| *known == name).map(|(manner, _)| *manner)
    }

    /// Whether the first answer of this manner breaks off in the middle.
    pub(crate) fn cuts_first(self) -> bool {
        matches!(
            self,
            Manner::Cut
                | Manner::NoRange
                | Manner::WrongRange
                | Manner::CutAgain
                | Manner::EtagChange
                | Manner::EtagLie
                | Manner::WeakEtag
                | Manner::Unsatisfiable
        )
    }
}
