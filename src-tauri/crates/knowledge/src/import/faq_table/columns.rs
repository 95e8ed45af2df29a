//! Names of columns and values in the languages people keep their tables in.

use store::FaqStatus;

/// Which column holds what.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) question: usize,
    pub(super) answer: usize,
    pub(super) alternatives: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) valid_until: Option<usize>,
}

const QUESTION: &[&str] = &[
    "question",
    "questions",
    "q",
    "frage",
    "fragen",
    "pregunta",
    "preguntas",
    "domanda",
    "domande",
    "vraag",
    "vragen",
    "pergunta",
    "fråga",
    "spørgsmål",
    "spørsmål",
    "kysymys",
    "pytanie",
    "otázka",
    "вопрос",
    "питання",
    "soru",
    "السؤال",
    "سؤال",
    "שאלה",
    "質問",
    "问题",
    "問題",
    "질문",
];

const ANSWER: &[&str] = &[
    "answer",
    "answers",
    "a",
    "reply",
    "response",
    "antwort",
    "antworten",
    "réponse",
    "reponse",
    "respuesta",
    "respuestas",
    "risposta",
    "risposte",
    "antwoord",
    "antwoorden",
    "resposta",
    "svar",
    "vastaus",
    "odpowiedź",
    "odpověď",
    "ответ",
    "відповідь",
    "cevap",
    "yanıt",
    "الجواب",
    "الإجابة",
    "إجابة",
    "תשובה",
    "回答",
    "答案",
    "답변",
];

const ALTERNATIVES: &[&str] = &[
    "alternatives",
    "alternative",
    "alternative questions",
    "variants",
    "variant",
    "synonyms",
    "other wordings",
    "alternativen",
    "varianten",
    "variantes",
    "alternativas",
    "alternative domande",
    "alternatieven",
    "alternativ",
    "varianter",
    "بدائل",
];

const LANGUAGE: &[&str] = &[
    "language",
    "lang",
    "locale",
    "sprache",
    "langue",
    "idioma",
    "lingua",
    "taal",
    "língua",
    "språk",
    "اللغة",
];

const STATUS: &[&str] = &["status", "state", "zustand", "statut", "estado", "stato", "الحالة"];

const VALID_UNTIL: &[&str] = &[
    "valid until",
    "valid to",
    "expires",
    "expiry",
    "end date",
    "gültig bis",
    "valable jusqu'au",
    "válido hasta",
    "valido fino al",
    "geldig tot",
    "válido até",
    "giltig till",
    "صالح حتى",
];

impl Columns {
    /// The columns by a header, where it names a question and an answer.
    pub(super) fn find(header: &[String]) -> Option<Self> {
        let names: Vec<String> = header
            .iter()
            .map(|name| name.to_lowercase().replace(['_', '-'], " ").trim().to_owned())
            .collect();
        let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
        Some(Self {
            question: find(QUESTION)?,
            answer: find(ANSWER)?,
            alternatives: find(ALTERNATIVES),
            language: find(LANGUAGE),
            status: find(STATUS),
            valid_until: find(VALID_UNTIL),
        })
    }
}

const DRAFT: &[&str] =
    &["draft", "entwurf", "brouillon", "borrador", "bozza", "concept", "rascunho", "utkast"];

const APPROVED: &[&str] = &[
    "",
    "approved",
    "active",
    "published",
    "live",
    "ok",
    "yes",
    "freigegeben",
    "aktiv",
    "approuvé",
    "publié",
    "aprobado",
    "approvato",
    "goedgekeurd",
    "aprovado",
    "godkänd",
];

const RETIRED: &[&str] = &[
    "retired",
    "archived",
    "inactive",
    "old",
    "zurückgezogen",
    "archiviert",
    "archivé",
    "archivado",
    "archiviato",
    "ingetrokken",
    "arquivado",
    "arkiverad",
];

/// Who may see a row; nothing said means visitors, because staff chose the file.
pub(super) fn status(value: &str) -> Option<FaqStatus> {
    let value = value.to_lowercase();
    [(DRAFT, FaqStatus::Draft), (APPROVED, FaqStatus::Approved), (RETIRED, FaqStatus::Retired)]
        .into_iter()
        .find(|(names, _)| names.contains(&value.as_str()))
        .map(|(_, status)| status)
}

/// The language of a value such as `de-AT`.
pub(super) fn language_code(value: &str) -> Option<String> {
    let code = value.split(['-', '_']).next().unwrap_or_default();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then(|| code.to_owned())
}

/// The last second of a day written as 2026-12-31 or 31.12.2026, in Unix seconds.
pub(super) fn end_of_day(value: &str) -> Option<i64> {
    let parts: Vec<i64> =
        value.split(['-', '.', '/']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match parts[..] {
        [year, month, day] if year > 1900 => (year, month, day),
        // 03/04/2026 is two days in two countries; a dot is day first everywhere.
        [day, month, year] if year > 1900 && value.contains('.') => (year, month, day),
        _ => return None,
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || year > 9999 {
        return None;
    }
    Some((days_since_1970(year, month, day) + 1) * 86_400 - 1)
}

/// Days of the Gregorian calendar, counted in years that begin in March so that the leap day is
/// the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let months = (month + 9) % 12;
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (months * 153 + 2) / 5 + day - 1 - 719_468
}
