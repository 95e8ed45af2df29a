//! What the command line accepts.

use clap::Parser;

use super::*;

fn parse(line: &str) -> Result<CommandLine, clap::Error> {
    CommandLine::try_parse_from(["frontdesk-engine"].into_iter().chain(line.split_whitespace()))
}

#[test]
fn a_model_is_served_without_naming_a_task() {
    let line = parse("--model m.gguf --purpose chat --threads 2").unwrap();
    let serving = line.serve.unwrap();
    assert!(line.task.is_none());
    assert_eq!((serving.model, serving.threads), ("m.gguf".into(), Some(2)));
    assert_eq!(serving.drafts, Drafts::Auto);
}

#[test]
fn measuring_is_a_task_with_its_own_options() {
    let line = parse("measure --model m.gguf --threads-most 6 --fast-cores 4").unwrap();
    assert!(line.serve.is_none());
    let Some(Task::Measure(measure)) = line.task else { panic!("no task") };
    assert_eq!((measure.threads_most, measure.fast_cores), (Some(6), Some(4)));
}

#[test]
fn half_a_command_line_is_refused() {
    for line in
        ["", "--model m.gguf", "--purpose chat", "measure", "--model m.gguf measure --model n.gguf"]
    {
        assert!(parse(line).is_err(), "{line}");
    }
}
