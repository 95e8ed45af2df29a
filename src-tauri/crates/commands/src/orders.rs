//! Orders on both surfaces: a visitor tries to see one, staff set up where they come from.

use std::path::Path;

use assistant::{Cause, Question};
use orders::{Activate, Attempt, Mapping, Outcome, Place, ShownField, Table, date_and_time};

use crate::core::Core;
use crate::session::Session;
use crate::wire::{
    ActivateOrders, ApiError, Code, ImportReport, ImportState, OrderCard, OrderColumn,
    OrderOutcome, OrderProposal, OrderReply, OrderSourceView, StaffReply, VerifyOrder,
};

/// Hours after which imported orders are too old, unless somebody says otherwise.
const USUAL_MAX_AGE_HOURS: u32 = 72;

impl Core {
    /// Sets up a source of orders for each place and tells each as soon as it is done.
    ///
    /// A place that cannot be used is a report, not an error; what was live from it stays live.
    pub fn import_orders(
        &self,
        session: &Session,
        places: Vec<ActivateOrders>,
        on_file: &mut dyn FnMut(ImportReport),
    ) -> Result<Vec<ImportReport>, ApiError> {
        session.must_be_staff()?;
        let mut reports = Vec::new();
        for request in places {
            let place = shown_place(&request.from);
            let report = match self.activate(request) {
                Ok(report) => report,
                Err(error) => rejected(place, error),
            };
            on_file(report.clone());
            reports.push(report);
        }
        Ok(reports)
    }

    pub(crate) fn verify_order(
        &self,
        session: &Session,
        tried: VerifyOrder,
    ) -> Result<OrderReply, ApiError> {
        let conversation = tried.conversation.filter(|id| !id.is_empty());
        let language = tried.language.unwrap_or_default();
        let shown = self.orders.verify(&Attempt {
            number: tried.number,
            proof: tried.proof,
            session: conversation.clone().unwrap_or_else(|| session.client.clone()),
            device: session.client.clone(),
            language: language.clone(),
        })?;
        let mut message = shown.message;
        // From here on only a person can help; a try without a conversation has nobody to answer.
        if let (Outcome::Locked, Some(conversation)) = (shown.outcome, conversation) {
            let question = Question { conversation, language, ..Question::default() };
            let (_, line) = self.assistant.hand_over(&question, Cause::OrderLocked, "", "")?;
            message = format!("{message}\n\n{line}");
        }
        let hand_over = self.settings().profile.hand_over;
        Ok(OrderReply {
            outcome: match shown.outcome {
                Outcome::Found => OrderOutcome::Found,
                Outcome::Refused => OrderOutcome::Refused,
                Outcome::Locked => OrderOutcome::Locked,
            },
            card: shown.card.map(card),
            message,
            hand_over: Some(hand_over).filter(|text| shown.offers_person && !text.is_empty()),
        })
    }

    pub(crate) fn propose_orders(&self, from: &str) -> Result<StaffReply, ApiError> {
        let from = if from.trim().is_empty() { self.choose_orders()? } else { from.to_owned() };
        let place = place(&from)?;
        let proposal = self.orders.propose(&place, self.table(&place)?)?;
        let columns = proposal.columns.into_iter().map(|column| OrderColumn {
            column: column.name,
            field: column.field.map(|field| field.name().to_owned()),
            score: column.score,
        });
        Ok(StaffReply::OrderProposal(OrderProposal {
            from,
            preview: proposal.preview,
            columns: columns.collect(),
            rows: proposal.rows as u32,
            codes: proposal.codes,
            is_sure: proposal.is_sure,
        }))
    }

    /// The file that the person picks. Picking none is no mistake, but there is nothing to propose.
    fn choose_orders(&self) -> Result<String, ApiError> {
        let nothing = |code, message: &str, hint: &str| ApiError {
            code,
            message: message.into(),
            hint: Some(hint.into()),
        };
        let chosen = self.host.choose_files().ok_or_else(|| {
            let hint = "Name the file by its path instead.";
            nothing(Code::Unavailable, "there is no window to choose files in", hint)
        })?;
        let first = chosen.first().ok_or_else(|| {
            nothing(Code::Cancelled, "no file was chosen", "Choose the file with your orders.")
        })?;
        Ok(first.display().to_string())
    }

    pub(crate) fn activate_orders(&self, request: ActivateOrders) -> Result<StaffReply, ApiError> {
        Ok(StaffReply::OrdersActive { report: self.activate(request)? })
    }

    pub(crate) fn order_sources(&self) -> StaffReply {
        let view = |source: orders::SourceSummary| OrderSourceView {
            id: source.id,
            place: source.place,
            kind: source.kind.to_owned(),
            map: source.mapping,
            orders: source.orders as u32,
            as_of: date_and_time(source.as_of),
            max_age_hours: source.max_age_hours as u32,
            is_stale: source.is_stale,
        };
        StaffReply::OrderSources { sources: self.orders.sources().into_iter().map(view).collect() }
    }

    pub(crate) fn unlock_order(&self, number: &str) -> Result<StaffReply, ApiError> {
        match self.orders.unlock(number)? {
            true => Ok(StaffReply::Done),
            false => Err(ApiError {
                code: Code::NotFound,
                message: "nobody has tried this order in vain".into(),
                hint: Some(
                    "Check the number; an order that is not locked needs no unlocking.".into(),
                ),
            }),
        }
    }

    fn activate(&self, request: ActivateOrders) -> Result<ImportReport, ApiError> {
        let place = place(&request.from)?;
        let mapping = match request.map.as_slice() {
            [] => None,
            pairs => Some(Mapping::read(pairs)?),
        };
        let was_drafted = mapping.is_none();
        let done = self.orders.activate(Activate {
            table: self.table(&place)?,
            place,
            mapping,
            sentences: request.sentences.join("\n"),
            max_age_hours: request.max_age_hours.unwrap_or(USUAL_MAX_AGE_HOURS),
            example: request.example_number.zip(request.example_proof),
        })?;
        let mut warnings = done.warnings;
        if was_drafted {
            warnings.push(format!("the columns were read as {}", done.mapping.join(",")));
        }
        Ok(ImportReport {
            path: shown_place(&request.from),
            kind: "orders".into(),
            state: ImportState::Ready,
            passages: 0,
            faqs: 0,
            orders: done.orders as u32,
            warnings,
            error: None,
        })
    }

    /// The rows of a file, read where they can do no harm; `None` for a database.
    fn table(&self, place: &Place) -> Result<Option<Table>, ApiError> {
        let Place::File(path) = place else { return Ok(None) };
        match self.knowledge.reader().read_table(path) {
            Ok((table, _)) => Ok(Some(Table::of(table.into_rows()))),
            Err(error) => Err(ApiError {
                code: Code::BadFile,
                message: format!("{}: {error}", path.display()),
                hint: error.hint(),
            }),
        }
    }
}

/// Where somebody means; a file by its whole path, so that it is the same file next time.
fn place(from: &str) -> Result<Place, ApiError> {
    let whole = |path: &Path| {
        std::fs::canonicalize(path).map_err(|error| ApiError {
            code: Code::BadFile,
            message: format!("{}: {error}", path.display()),
            hint: Some("Check the name and that you may use the file.".into()),
        })
    };
    Ok(match Place::read(from)? {
        Place::File(path) => Place::File(whole(&path)?),
        Place::Sqlite { path, table } => Place::Sqlite { path: whole(&path)?, table },
        server => server,
    })
}

/// A place without a password, however wrong it is written.
fn shown_place(from: &str) -> String {
    match Place::read(from) {
        Ok(place) => place.to_string(),
        Err(error) => error.to_string(),
    }
}

fn rejected(path: String, error: ApiError) -> ImportReport {
    ImportReport {
        path,
        kind: "orders".into(),
        state: ImportState::Rejected,
        passages: 0,
        faqs: 0,
        orders: 0,
        warnings: Vec::new(),
        error: Some(error),
    }
}

fn card(card: orders::Card) -> OrderCard {
    let value = |field: ShownField| card.values.get(field).map(String::from);
    OrderCard {
        status: card.status.clone(),
        as_of: date_and_time(card.as_of),
        ordered_on: value(ShownField::OrderedOn),
        shipped_on: value(ShownField::ShippedOn),
        expected_on: value(ShownField::ExpectedOn),
        delivered_on: value(ShownField::DeliveredOn),
        carrier: value(ShownField::Carrier),
        items: value(ShownField::Items),
        number: card.number,
    }
}
