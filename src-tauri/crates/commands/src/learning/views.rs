//! What the desk learned, as callers see it. By hand, like all wire types.

use knowledge::{FaqDetail, Finding, GapCluster, GapStatus, RevisionRow, VersionRow};
use store::{TestCaseRow, TestResultRow};

use crate::{convert, wire};

pub(super) fn cluster(cluster: GapCluster) -> wire::GapClusterView {
    let [refused, asked_back, unhelpful, handed_over] = cluster.reasons.map(|count| count as u32);
    wire::GapClusterView {
        id: cluster.id,
        label: cluster.label,
        status: gap_status(cluster.status),
        faq_id: cluster.faq_id,
        count: cluster.count as u32,
        first_at: cluster.first_at,
        last_at: cluster.last_at,
        reasons: wire::GapReasons { refused, asked_back, unhelpful, handed_over },
        wordings: cluster
            .wordings
            .into_iter()
            .map(|wording| wire::WordingView {
                question: wording.question,
                count: wording.count as u32,
                last_at: wording.last_at,
            })
            .collect(),
    }
}

pub(super) fn gap_status(status: GapStatus) -> wire::GapStatus {
    match status {
        GapStatus::Open => wire::GapStatus::Open,
        GapStatus::Answered => wire::GapStatus::Answered,
        GapStatus::Ignored => wire::GapStatus::Ignored,
    }
}

pub(super) fn gap_status_of(status: wire::GapStatus) -> GapStatus {
    match status {
        wire::GapStatus::Open => GapStatus::Open,
        wire::GapStatus::Answered => GapStatus::Answered,
        wire::GapStatus::Ignored => GapStatus::Ignored,
    }
}

pub(super) fn detail(detail: FaqDetail, used: i64) -> wire::FaqDetailView {
    wire::FaqDetailView {
        valid_until: detail.faq.valid_until,
        faq: convert::faq(detail.faq, detail.waiting.is_some(), used),
        review_by: detail.review_by,
        changed_by: detail.changed_by,
        waiting: detail.waiting.map(|edit| wire::FaqEditView {
            question: edit.question,
            answer: edit.answer,
            alternatives: edit.alternatives,
            by: edit.who,
        }),
        history: detail.history.into_iter().map(revision).collect(),
    }
}

fn revision(revision: RevisionRow) -> wire::RevisionView {
    use knowledge::FaqStatus;
    let status = match revision.status {
        Some(FaqStatus::Draft) => "draft",
        Some(FaqStatus::Approved) => "approved",
        Some(FaqStatus::Retired) => "retired",
        None => "removed",
    };
    wire::RevisionView {
        id: revision.id,
        at: revision.at,
        by: revision.who,
        what: revision.what,
        question: revision.question,
        answer: revision.answer,
        alternatives: revision.alternatives,
        status: status.into(),
    }
}

pub(super) fn version(version: VersionRow) -> wire::VersionView {
    wire::VersionView {
        id: version.id,
        name: version.name,
        at: version.at,
        by: version.who,
        kb_version: version.kb_version,
        faqs: version.faqs as u32,
        sources: version.sources as u32,
        run_id: version.run_id,
    }
}

pub(super) fn case(case: TestCaseRow) -> wire::TestCaseView {
    let route = case.route.and_then(|name| serde_json::from_value(name.into()).ok());
    wire::TestCaseView {
        id: case.id,
        name: case.name,
        kind: case.kind,
        question: case.question,
        must_refuse: case.must_refuse,
        route,
        source: case.source,
        faq_id: case.faq_id,
        gold: case.gold,
        must_not: case.must_not,
    }
}

pub(super) fn case_row(case: wire::TestCaseView) -> TestCaseRow {
    let route = case.route.and_then(|route| serde_json::to_value(route).ok());
    TestCaseRow {
        id: case.id,
        name: case.name,
        kind: case.kind,
        question: case.question,
        must_refuse: case.must_refuse,
        route: route.and_then(|name| name.as_str().map(str::to_owned)),
        source: case.source,
        faq_id: case.faq_id,
        gold: case.gold,
        must_not: case.must_not,
    }
}

pub(super) fn result(result: &TestResultRow) -> wire::TestResultView {
    wire::TestResultView {
        case_id: result.case_id,
        question: result.question.clone(),
        outcome: result.outcome.clone(),
        why: result.why.clone(),
        route: result.route.clone(),
        answer: result.answer.clone(),
    }
}

pub(super) fn finding(finding: Finding) -> wire::FindingView {
    use knowledge::FindingKind;
    let kind = match finding.kind {
        FindingKind::Duplicate => wire::FindingKind::Duplicate,
        FindingKind::Contradiction => wire::FindingKind::Contradiction,
        FindingKind::ReviewDue => wire::FindingKind::ReviewDue,
        FindingKind::Expiring => wire::FindingKind::Expiring,
        FindingKind::NoExpiry => wire::FindingKind::NoExpiry,
        FindingKind::FileChanged => wire::FindingKind::FileChanged,
        FindingKind::FileMissing => wire::FindingKind::FileMissing,
        FindingKind::NeverUsed => wire::FindingKind::NeverUsed,
        FindingKind::EmptyAnswer => wire::FindingKind::EmptyAnswer,
        FindingKind::LongAnswer => wire::FindingKind::LongAnswer,
    };
    wire::FindingView { kind, message: finding.message, hint: finding.hint, keys: finding.keys }
}
