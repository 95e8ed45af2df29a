//! The plan as a page to print: HTML that loads nothing.

use std::fmt::Write;

use crate::wire::{PlanView, WayView};

const STYLE: &str = "body{font:11pt/1.45 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 \
1rem;color:#1b1b1b;background:#fff}h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}\
table{border-collapse:collapse;width:100%;font-size:10pt}th,td{text-align:start;padding:.3rem \
.5rem;border-bottom:1px solid #ccc;vertical-align:top}td.n,th.n{text-align:end;\
font-variant-numeric:tabular-nums}tr{break-inside:avoid}small{color:#555}";

/// The whole page. Every text is escaped: names may come from a file that staff wrote.
pub(super) fn page(plan: &PlanView) -> String {
    let mut page = String::from("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    push(&mut page, format_args!("<title>A plan for this desk</title><style>{STYLE}</style>"));
    page.push_str("</head><body><h1>How many visitors this desk serves</h1>");
    for sentence in &plan.sentences {
        push(&mut page, format_args!("<p>{}</p>", escaped(sentence)));
    }
    basis(&mut page, plan);
    roadmap(&mut page, plan);
    claims(&mut page, plan);
    prices(&mut page, plan);
    page.push_str("</body></html>\n");
    page
}

fn basis(page: &mut String, plan: &PlanView) {
    let mix = plan.mix;
    push(
        page,
        format_args!(
            "<h2>What it is reckoned with</h2><p>Of 100 questions {:.0} are answered with approved \
             answers, {:.0} are about orders, {:.0} are answered again from kept answers and {:.0} \
             are written by a model ({}), which reads {:.0} new tokens and writes {:.0} for each. \
             A promise is kept when 95 of 100 answers are whole within {} seconds.</p>",
            mix.faq * 100.0,
            mix.order * 100.0,
            mix.cache * 100.0,
            mix.generated * 100.0,
            if plan.model.is_empty() { "none yet".into() } else { escaped(&plan.model) },
            plan.prompt_tokens,
            plan.answer_tokens,
            plan.within_seconds
        ),
    );
    if plan.curve.is_empty() {
        return;
    }
    page.push_str(
        "<table><tr><th class=\"n\">Visitors a minute</th><th class=\"n\">Half are answered \
         within</th><th class=\"n\">95 of 100 within</th></tr>",
    );
    for point in &plan.curve {
        let late = point.p95_ms.map_or("the queue only grows".into(), seconds);
        push(
            page,
            format_args!(
                "<tr><td class=\"n\">{:.0}</td><td class=\"n\">{}</td><td class=\"n\">{late}</td></tr>",
                point.users_per_minute,
                seconds(point.p50_ms)
            ),
        );
    }
    page.push_str("</table>");
}

fn roadmap(page: &mut String, plan: &PlanView) {
    page.push_str(
        "<h2>What more visitors would take</h2><table><tr><th class=\"n\">Visitors a minute</th>\
         <th>Way</th><th class=\"n\">Machines</th><th class=\"n\">US dollars a month</th></tr>",
    );
    for row in &plan.roadmap {
        for (place, way) in row.ways.iter().enumerate() {
            let first =
                if place == 0 { format!("{:.0}", row.users_per_minute) } else { String::new() };
            push(page, format_args!("<tr><td class=\"n\">{first}</td>{}</tr>", way_cells(way)));
        }
    }
    push(
        page,
        format_args!(
            "</table><p><small>Prices of {}. Where there are several machines, one is to \
             spare.</small></p>",
            escaped(&plan.prices_as_of)
        ),
    );
}

fn way_cells(way: &WayView) -> String {
    let machines = way.machines.map_or("no".to_string(), |count| count.to_string());
    let usd = way.usd_per_month.map_or(String::new(), |usd| format!("{usd:.0}"));
    format!(
        "<td>{} <small>{}</small></td><td class=\"n\">{machines}</td><td class=\"n\">{usd}</td>",
        escaped(&way.name),
        escaped(&way.note)
    )
}

fn claims(page: &mut String, plan: &PlanView) {
    page.push_str(
        "<h2>What others promise</h2><table><tr><th>Promise</th><th>Verdict</th><th>What comes \
         out</th></tr>",
    );
    for claim in &plan.claims {
        push(
            page,
            format_args!(
                "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
                escaped(&claim.claim),
                escaped(&claim.verdict),
                escaped(&claim.ours)
            ),
        );
    }
    page.push_str("</table>");
}

fn prices(page: &mut String, plan: &PlanView) {
    page.push_str(
        "<h2>Prices</h2><table><tr><th>What</th><th class=\"n\">US dollars</th><th>Looked \
         up</th><th>Source</th></tr>",
    );
    for price in &plan.prices {
        push(
            page,
            format_args!(
                "<tr><td>{} {}</td><td class=\"n\">{}</td><td>{}</td><td>{}</td></tr>",
                escaped(&price.provider),
                escaped(&price.name),
                if price.usd < 10.0 {
                    format!("{:.2}", price.usd)
                } else {
                    format!("{:.0}", price.usd)
                },
                escaped(&price.as_of),
                escaped(&price.source)
            ),
        );
    }
    page.push_str("</table>");
}

fn seconds(milliseconds: f64) -> String {
    format!("{:.1} s", milliseconds / 1e3)
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.write_fmt(text).expect("writing to a string does not fail");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
