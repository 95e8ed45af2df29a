//! Changes of answers by staff: each is signed, and leaves a revision.

use rusqlite::{Transaction, params};

use super::faqs::{FaqStatus, NewFaq, insert, insert_parts};
use super::versions::FaqBack;
use super::{embeddings, meta, revisions};
use crate::{Store, StoreError};

/// Who changed an answer, and what they did, in one word or two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Who; empty where nobody said.
    pub who: String,
    /// What, such as `approved`.
    pub what: String,
}

impl Signed {
    /// `who` did `what`.
    pub fn new(who: &str, what: &str) -> Self {
        Self { who: who.to_owned(), what: what.to_owned() }
    }
}

impl Store {
    /// Adds one FAQ that belongs to no file.
    pub fn add_faq(&self, faq: NewFaq, who: &str) -> Result<i64, StoreError> {
        let who = who.to_owned();
        self.write(move |transaction| {
            let id = insert(transaction, None, &faq)?;
            transaction
                .execute("UPDATE faq SET changed_by = ?2 WHERE id = ?1", params![id, who])?;
            revisions::record(transaction, id, "added", &who)?;
            meta::raise_version(transaction)?;
            Ok(id)
        })
    }

    /// Replaces the text and the status of an FAQ; false when there is no such FAQ.
    pub fn rewrite_faq(
        &self,
        id: i64,
        faq: NewFaq,
        review_by: Option<i64>,
        signed: Signed,
    ) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = rewrite(transaction, id, &faq, review_by)?;
            if changed {
                sign(transaction, id, &signed, true)?;
                transaction.execute("DELETE FROM faq_edit WHERE faq_id = ?1", [id])?;
                embeddings::sweep(transaction)?;
                meta::raise_version(transaction)?;
            }
            Ok(changed)
        })
    }

    /// Puts an FAQ back as it was, whether it is still there or not.
    pub fn put_back_faq(&self, back: FaqBack, signed: Signed) -> Result<(), StoreError> {
        self.write(move |transaction| {
            put_back(transaction, back.id, back.source_id, &back.faq, back.review_by, &signed)?;
            embeddings::sweep(transaction)?;
            meta::raise_version(transaction)
        })
    }

    /// Changes who may see an FAQ; false when there is no such FAQ.
    pub fn set_faq_status(
        &self,
        id: i64,
        status: FaqStatus,
        signed: Signed,
    ) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                "UPDATE faq SET status = ?2, updated_at = unixepoch() WHERE id = ?1",
                params![id, status],
            )?;
            sign(transaction, id, &signed, false)?;
            meta::raise_version(transaction)?;
            Ok(changed > 0)
        })
    }

    /// Sets when an FAQ is to be read again and when it ends; false when there is no such FAQ.
    pub fn set_faq_dates(
        &self,
        id: i64,
        review_by: Option<i64>,
        valid_until: Option<i64>,
        signed: Signed,
    ) -> Result<bool, StoreError> {
        self.write(move |transaction| {
            let changed = transaction.execute(
                "UPDATE faq SET review_by = ?2, valid_until = ?3 WHERE id = ?1",
                params![id, review_by, valid_until],
            )?;
            sign(transaction, id, &signed, false)?;
            meta::raise_version(transaction)?;
            Ok(changed > 0)
        })
    }
}

/// Replaces the text and the status; false when there is no such FAQ.
fn rewrite(
    transaction: &Transaction<'_>,
    id: i64,
    faq: &NewFaq,
    review_by: Option<i64>,
) -> Result<bool, StoreError> {
    let changed = transaction.execute(
        "UPDATE faq SET question = ?2, answer = ?3, language = ?4, status = ?5, valid_until = ?6,
         review_by = ?7, updated_at = unixepoch() WHERE id = ?1",
        params![id, faq.question, faq.answer, faq.language, faq.status, faq.valid_until, review_by],
    )?;
    if changed > 0 {
        transaction.execute("DELETE FROM faq_alternative WHERE faq_id = ?1", [id])?;
        transaction.execute("DELETE FROM chunk WHERE faq_id = ?1", [id])?;
        insert_parts(transaction, id, faq)?;
    }
    Ok(changed > 0)
}

/// Puts an FAQ back as it was, under its old number.
pub(crate) fn put_back(
    transaction: &Transaction<'_>,
    id: i64,
    source_id: Option<i64>,
    faq: &NewFaq,
    review_by: Option<i64>,
    signed: &Signed,
) -> Result<(), StoreError> {
    if !rewrite(transaction, id, faq, review_by)? {
        // A file that is gone has taken its number along; the answer stands alone from now on.
        transaction.execute(
            "INSERT INTO faq(id, source_id, question, answer, language, status, origin,
             valid_until, review_by)
             VALUES(?1, (SELECT id FROM source WHERE id = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                id,
                source_id,
                faq.question,
                faq.answer,
                faq.language,
                faq.status,
                faq.origin,
                faq.valid_until,
                review_by
            ],
        )?;
        insert_parts(transaction, id, faq)?;
    }
    sign(transaction, id, signed, true)
}

/// Notes who changed an FAQ, and keeps its new state.
fn sign(
    transaction: &Transaction<'_>,
    id: i64,
    signed: &Signed,
    is_text: bool,
) -> Result<(), StoreError> {
    if signed.what == "approved" {
        // Whoever wrote the text that waited stays its author.
        transaction.execute(
            "UPDATE faq SET approved_by = ?2, changed_by =
             coalesce((SELECT who FROM faq_edit WHERE faq_id = ?1), changed_by) WHERE id = ?1",
            params![id, signed.who],
        )?;
    } else if is_text {
        let change = "UPDATE faq SET changed_by = ?2 WHERE id = ?1";
        transaction.execute(change, params![id, signed.who])?;
    }
    revisions::record(transaction, id, &signed.what, &signed.who)
}
