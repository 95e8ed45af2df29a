//! `plan`: how many people this computer serves, and what more would take; and the files for it.

mod deploy;

use commands::wire::{
    ComputerCommand, ComputerReply, MixView, PlanRequest, PlanView, StaffCommand, StaffReply,
};

use crate::arguments::Plan;
use crate::exit::{Failure, REQUEST};
use crate::open::{Empty, Place};
use crate::output::Output;

pub(crate) fn run(place: &Place, command: &Plan, output: &Output) -> Result<(), Failure> {
    if command.nodes.is_some() || !command.node.is_empty() {
        // Somebody knows how many: the desk need not be asked.
        if let Some(folder) = &command.deploy {
            return deploy::write_given(folder, command, output);
        }
    }
    let request = request(command)?;
    let core = place.open(Empty::StaysEmpty)?;
    let ask = |command| core.manage(&place.session(), StaffCommand::Computer(command));
    if let Some(path) = &command.page {
        let reply = ask(ComputerCommand::PlanPage(request.clone()))?;
        let StaffReply::Computer(reply) = reply else { return Err(Failure::told(REQUEST)) };
        let ComputerReply::Text { text } = *reply else { return Err(Failure::told(REQUEST)) };
        std::fs::write(path, text).map_err(|source| {
            Failure::usage(
                format!("cannot write {}: {source}", path.display()),
                "Name a file in a folder that can be written to.",
            )
        })?;
    }
    let StaffReply::Computer(reply) = ask(ComputerCommand::Plan(request))? else {
        return Err(Failure::told(REQUEST));
    };
    let ComputerReply::Plan(plan) = *reply else { return Err(Failure::told(REQUEST)) };
    if let Some(folder) = &command.deploy {
        deploy::write(folder, command, &plan, output)?;
    }
    if output.json {
        output.document(&plan);
    } else {
        output.line(&words(&plan));
    }
    Ok(())
}

fn request(command: &Plan) -> Result<PlanRequest, Failure> {
    Ok(PlanRequest {
        users_per_minute: command.users,
        within_seconds: command.within,
        mix: mix(&command.mix)?,
        prompt_tokens: command.prompt_tokens,
        answer_tokens: command.answer_tokens,
    })
}

fn mix(shares: &[String]) -> Result<Option<MixView>, Failure> {
    let mut mix = MixView::default();
    for share in shares {
        let wrong = || {
            Failure::usage(
                format!("--mix does not know {share:?}"),
                "Write it as in: --mix faq=60,order=25,cache=0,generated=15",
            )
        };
        let (route, number) = share.split_once('=').ok_or_else(wrong)?;
        let place = match route.trim() {
            "faq" => &mut mix.faq,
            "order" => &mut mix.order,
            "cache" => &mut mix.cache,
            "generated" => &mut mix.generated,
            _ => return Err(wrong()),
        };
        *place = number.trim().parse().map_err(|_| wrong())?;
    }
    Ok((!shares.is_empty()).then_some(mix))
}

fn words(plan: &PlanView) -> String {
    let mut lines = plan.sentences.clone();
    lines.push(String::new());
    for row in &plan.roadmap {
        lines.push(format!("{:.0} visitors a minute:", row.users_per_minute));
        for way in &row.ways {
            let machines = way.machines.map_or("-".into(), |count| count.to_string());
            let usd = way.usd_per_month.map_or(String::new(), |usd| format!("${usd:.0} a month"));
            lines.push(format!("  {machines:>3}  {:<52} {usd:>16}  {}", way.name, way.note));
        }
    }
    lines.push(format!("\nPrices of {}. What others promise:", plan.prices_as_of));
    for claim in &plan.claims {
        lines.push(format!("  {:<6}  {}: {}", claim.verdict, claim.claim, claim.ours));
    }
    lines.join("\n")
}
