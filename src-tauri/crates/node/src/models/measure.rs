//! `models measure`: how fast a chat model is on this computer.

use commands::wire::SpeedView;

use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;

pub(crate) fn run(place: &Place, id: Option<&str>, output: &Output) -> Result<(), Failure> {
    let core = place.open_to_answer(output)?;
    core.settle();
    let view = core.measure_and(id, &mut |part, doing| {
        output.progress(&format!("{:>3.0} % {doing}", part * 100.0));
    });
    output.progress_done();
    let view = view?;
    if output.json {
        output.document(&view);
    } else {
        lines(&view, output);
    }
    Ok(())
}

fn lines(view: &SpeedView, output: &Output) {
    output.line(&view.sentence);
    output.line(&format!(
        "{} on {}, {} threads: {:.0} tokens of a prompt a second, a step takes {:.1} + {:.2} B ms \
         (R² {:.3}), loaded in {:.1} s",
        view.model,
        view.device,
        view.threads,
        view.prefill_per_second,
        view.step_base_ms,
        view.step_each_ms,
        view.r_squared,
        view.load_ms as f64 / 1e3,
    ));
    view.notes.iter().for_each(|note| output.line(&format!("  {note}")));
}
