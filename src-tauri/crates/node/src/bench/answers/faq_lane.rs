//! What is left of the approved answers when every engine is gone, the embedder too.

use std::sync::Arc;

use commands::{Core, EngineChoice, NoHost, OpenOptions};
use serde_json::json;

use super::kit::Kit;
use super::paraphrases::{Paraphrase, Part, Served, ask};
use super::row::{Row, Target};
use crate::exit::Failure;
use crate::open::Empty;

/// Paraphrases asked of 100, so that the target is a count.
const OF: f64 = 100.0;

pub(super) fn measure(kit: &Kit) -> Result<Vec<Row>, Failure> {
    // Filled with its engines, as a desk is, and then opened without any.
    drop(kit.desk("sample", Empty::GetsTheSample)?);
    let core = Core::open(OpenOptions {
        data: kit.place.data.join("sample"),
        engine: EngineChoice::Given { chat: None, embedder: None },
        sample: false,
        machine: None,
        host: Arc::new(NoHost),
    })?;
    let all = Paraphrase::read(kit)?;
    let mut rows = Vec::new();
    for (part, name, is_target) in
        [(Part::Tune, "tuned half", false), (Part::Check, "held-out half", true)]
    {
        let half: Vec<&Paraphrase> = all.iter().filter(|one| one.part == part).collect();
        let mut served = Vec::new();
        let mut not_right = Vec::new();
        for one in &half {
            let what = one.served(&ask(kit, &core, &one.question)?);
            if part == Part::Tune && !matches!(what, Served::Right | Served::Offered) {
                not_right.push(format!("{what:?}: {}", one.question));
            }
            served.push(what);
        }
        let share = |wanted: &[Served]| -> Vec<f64> {
            let value = |what: &Served| if wanted.contains(what) { OF } else { 0.0 };
            served.iter().map(value).collect()
        };
        let count = |wanted: Served| served.iter().filter(|what| **what == wanted).count();
        let set = format!("sample shop, paraphrases, {name}");
        let details = json!({
            "word_for_word": count(Served::Right), "among_choices": count(Served::Offered),
            "other_choices": count(Served::NotOffered), "quoted": count(Served::Quoted),
            "nothing": count(Served::Nothing), "not_right": not_right,
        });
        let target = |target| if is_target { target } else { Target::Nothing };
        let right = share(&[Served::Right, Served::Offered]);
        let right = Row::mean("faq lane right of 100", &set, &right, target(Target::AtLeast(80.0)));
        let wrong = share(&[Served::WrongFaq]);
        let wrong = Row::mean("faq lane wrong of 100", &set, &wrong, target(Target::AtMost(0.0)));
        rows.extend([right.with(details), wrong]);
    }
    Ok(rows)
}
