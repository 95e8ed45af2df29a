//! One measurement at a time.

use std::sync::Arc;

use engine::child::Limits;

use super::*;
use crate::core::OpenOptions;
use crate::engines::EngineChoice;
use crate::host::NoHost;

fn desk(folder: &std::path::Path) -> Arc<Core> {
    let llama = Llama {
        program: folder.join("no-engine"),
        resources: None,
        threads: None,
        limits: Limits::default(),
    };
    let options = OpenOptions {
        data: folder.join("desk"),
        engine: EngineChoice::Llama(llama),
        sample: false,
        machine: None,
        host: Arc::new(NoHost),
    };
    Core::open(options).unwrap()
}

#[test]
fn a_second_measurement_is_refused_while_the_first_runs() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    let first = desk.measuring.lock().unwrap();
    let refused = desk.measure(None).unwrap_err();
    assert_eq!(refused.code, Code::Busy);
    drop(first);
    // Now it looks at the model, and finds none or cannot start the engine's program.
    let refused = desk.measure(Some("no-such-model".into())).unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
}

#[test]
fn what_was_measured_is_found_again_in_words_and_for_the_planner() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path());
    let Some(model) = desk.shelf.models().into_iter().find(|it| it.entry.purpose == Purpose::Chat)
    else {
        panic!("the catalogue has chat models")
    };
    let found = Measured {
        computes_on: "cpu: zen4".into(),
        load_ms: 230,
        threads: 4,
        threads_usual: 8,
        threads_steady: true,
        threads_gain: 1.3,
        prompts: vec![engine::measure::PromptSpeed { tokens: 512, per_second: 500.0 }],
        steps: vec![
            engine::measure::StepTime { texts: 1, ms: 7.0 },
            engine::measure::StepTime { texts: 4, ms: 16.0 },
        ],
        ..Measured::default()
    };
    let light = Some(LightCost { seconds: 0.011, questions: 40 });
    let row = desk.speed_row(&model, &found, light);
    assert_eq!(row.threads_better, Some(4));
    for unclear in [
        Measured { threads_gain: 1.05, ..found.clone() },
        Measured { threads_steady: false, ..found.clone() },
        Measured { threads: 8, ..found.clone() },
    ] {
        assert_eq!(desk.speed_row(&model, &unclear, light).threads_better, None);
    }
    desk.store.save_speed(&row).unwrap();

    let sha256 = &model.entry.sha256;
    let view = desk.speed_of(sha256).unwrap().unwrap();
    assert_eq!((view.model.as_str(), view.threads), (model.entry.id.as_str(), 4));
    let profile = desk.profile_of(sha256).unwrap().unwrap();
    assert!((profile.step_base_s - 0.004).abs() < 1e-9, "{profile:?}");
    assert!((profile.step_each_s - 0.003).abs() < 1e-9, "{profile:?}");
    assert!((profile.costs.faq_s - 0.011).abs() < 1e-9, "{profile:?}");

    // The next time the desk starts its chat model, it uses the better number of threads.
    desk.shelf.look();
    assert_eq!(desk.shelf.find(&model.entry.id).unwrap().threads, Some(4));
}
