//! Finding a slot for a request, and the longest beginning of its prompt that need not be
//! computed again: in the slot, in another sequence, on the shelf, or on disk.

use std::time::Instant;

use super::Chat;
use super::run::{Prepared, Run};
use super::sequences::{Seq, common_tokens};
use crate::states::Found;

/// A state on disk must save this many tokens to be worth reading.
const WORTH_READING: usize = 24;

/// Cells that sequences may hold which nobody writes: the beginnings of some prompts.
const IDLE_CELLS: usize = 384;

/// Taking over from another sequence must save this many tokens.
const WORTH_SHARING: usize = 16;

impl Chat<'_> {
    /// Gives a request a slot, or gives it back if it has to wait for one or for cells.
    pub(super) fn admit(&mut self, prepared: Prepared) -> Result<(), Box<Prepared>> {
        let Some(slot) = self.choose_slot(&prepared.prompt.tokens) else {
            return Err(Box::new(prepared));
        };
        // A request that waits for cells is asked about again in every step; nothing must be read
        // from disk or let go of for one that cannot fit yet.
        if !self.could_fit(&prepared) {
            return Err(Box::new(prepared));
        }
        let reused = self.reuse(slot, &prepared.prompt.tokens);
        let needed = prepared.prompt.tokens.len() - reused + prepared.max_tokens;
        if !self.make_room(needed, slot) {
            self.context.cut(slot, 0);
            return Err(Box::new(prepared));
        }
        self.admitted += 1;
        let now = Instant::now();
        let run = Run::begin(prepared, reused, self.admitted, self.with_drafts, now);
        self.runs[slot] = Some(run);
        Ok(())
    }

    /// Whether there would be room if everything idle were let go of, and the prompt shared as
    /// much as it can with the texts under way.
    fn could_fit(&self, prepared: &Prepared) -> bool {
        let prompt = &prepared.prompt.tokens;
        let is_written = |seq: &Seq| !self.is_idle_seq(*seq);
        let book = self.context.book();
        let written = (0..self.runs.len()).filter(is_written);
        let shared = written.map(|seq| book.common(seq, prompt)).max().unwrap_or(0);
        let used = book.cells_of(|seq| is_written(&seq)) + self.reserved_cells();
        used + prompt.len() + prepared.max_tokens <= self.context_tokens() + shared
    }

    /// Whether nobody writes a sequence.
    fn is_idle_seq(&self, seq: Seq) -> bool {
        self.runs.get(seq).is_none_or(Option::is_none)
    }

    /// The free slot that holds most of the prompt, else the one that was of use longest ago.
    fn choose_slot(&self, prompt: &[i32]) -> Option<Seq> {
        let free = |&slot: &Seq| self.runs[slot].is_none();
        let book = self.context.book();
        (0..self.runs.len())
            .filter(free)
            .max_by_key(|&slot| (book.common(slot, prompt), std::cmp::Reverse(book.used_at(slot))))
    }

    /// Puts the longest known beginning of a prompt into a slot. Answers its tokens, at least one
    /// less than the prompt has: the next word comes from the result of the last one.
    fn reuse(&mut self, slot: Seq, prompt: &[i32]) -> usize {
        let most = prompt.len().saturating_sub(1);
        let own = self.context.book().common(slot, prompt);
        let best = self.context.book().longest(prompt);
        let held = best.map_or(0, |best| best.tokens).min(most);
        if let Some(found) = self.store.longest(&prompt[..most], held + WORTH_READING)
            && let Some(tokens) = self.restore(slot, &found)
        {
            self.context.cut(slot, tokens.min(most));
        } else if let Some(best) = best
            && best.tokens > own
        {
            self.context.share(best.seq, slot, held);
        } else {
            self.context.cut(slot, own.min(most));
        }
        self.context.book().tokens(slot).len()
    }

    /// Reads a state from disk into a sequence. Answers the tokens that it has in common with the
    /// prompt it was found for.
    fn restore(&mut self, seq: Seq, found: &Found) -> Option<usize> {
        let loaded = self.store.load(found)?;
        self.context.cut(seq, 0);
        if !self.make_room(loaded.tokens.len(), seq) {
            return None;
        }
        self.context.restore(seq, &loaded.tokens, &loaded.bytes).then_some(found.common_tokens)
    }

    /// Brings back the beginning that every question has.
    pub(super) fn restore_fixed(&mut self) {
        if let Some(found) = self.store.fixed() {
            let shelf = self.runs.len();
            let _restored = self.restore(shelf, &found);
        }
    }

    /// Frees cells until `needed` are free beside those that the texts under way will need.
    /// Sequences that nobody writes go, those of longest ago first, `except` last of all.
    fn make_room(&mut self, needed: usize, except: Seq) -> bool {
        loop {
            if self.context.book().free_cells() >= self.reserved_cells() + needed {
                return true;
            }
            match self.context.book().oldest(|seq| seq != except && self.is_idle_seq(seq)) {
                Some(seq) => self.context.cut(seq, 0),
                None => return false,
            }
        }
    }

    /// Lets go of what was of use longest ago until idle sequences hold few cells. Every token
    /// that is computed passes by every cell that is held, whoever holds it.
    pub(super) fn trim_idle(&mut self) {
        loop {
            if self.context.book().cells_of(|seq| self.is_idle_seq(seq)) <= IDLE_CELLS {
                return;
            }
            match self.context.book().oldest(|seq| self.is_idle_seq(seq)) {
                Some(seq) => self.context.cut(seq, 0),
                None => return,
            }
        }
    }

    /// Cells that the texts under way will still need.
    fn reserved_cells(&self) -> usize {
        let runs =
            self.runs.iter().enumerate().filter_map(|(slot, run)| Some((slot, run.as_ref()?)));
        runs.map(|(slot, run)| {
            let held = self.context.book().tokens(slot).len();
            run.prompt.tokens.len().saturating_sub(held) + run.left_tokens()
        })
        .sum()
    }

    /// Cells that nobody will need, for guesses.
    pub(super) fn spare_cells(&self) -> usize {
        self.context.book().free_cells().saturating_sub(self.reserved_cells())
    }

    /// Lets prompts that are being read take over what another sequence has computed meanwhile.
    pub(super) fn share_while_reading(&mut self) {
        for slot in 0..self.runs.len() {
            let Some(run) = self.runs[slot].as_mut().filter(|run| run.next.is_none()) else {
                continue;
            };
            let read = self.context.book().tokens(slot).len();
            let most = run.prompt.tokens.len() - 1;
            let Some(best) = self.context.book().longest(&run.prompt.tokens[..most]) else {
                continue;
            };
            if best.seq != slot && best.tokens >= read + WORTH_SHARING {
                run.note_cached(best.tokens - read);
                self.context.share(best.seq, slot, best.tokens);
            }
        }
    }

    /// Whether an earlier request is reading what this slot would read now. It will be shared.
    pub(super) fn is_being_read(&self, slot: Seq, run: &Run) -> bool {
        let read = self.context.book().tokens(slot).len();
        self.runs.iter().enumerate().any(|(other_slot, other)| {
            let Some(other) = other else { return false };
            if other.next.is_some() || other.order >= run.order {
                return false;
            }
            let common = common_tokens(&other.prompt.tokens, &run.prompt.tokens);
            common >= read + WORTH_SHARING && self.context.book().tokens(other_slot).len() < common
        })
    }

    /// Keeps the beginnings of a text that ended: on the shelf, and on disk if they are asked for
    /// often. Only those that the request marked, because only those hold no visitor's words.
    pub(super) fn keep_beginnings(&mut self, slot: Seq, run: &Run) {
        let shelf = self.runs.len()..self.context.shape().sequences;
        for (index, &end) in run.prompt.keep.iter().enumerate() {
            if self.context.book().tokens(slot).len() < end {
                return;
            }
            let beginning = &run.prompt.tokens[..end];
            let book = self.context.book();
            let place = shelf
                .clone()
                .find(|&seq| book.tokens(seq) == beginning)
                .or_else(|| shelf.clone().min_by_key(|&seq| book.used_at(seq)));
            let Some(place) = place else { return };
            if book.tokens(place) != beginning {
                self.context.share(slot, place, end);
            }
            self.context.touch(place);
            let is_fixed = index == 0;
            if self.store.sighted(beginning, is_fixed)
                && let Some(bytes) = self.context.state(place)
            {
                self.store.keep(beginning.to_vec(), bytes, is_fixed);
            }
        }
        // The rest was said to one visitor and is of no use to the next.
        if let Some(&longest) = run.prompt.keep.last() {
            self.context.cut(slot, longest);
        }
    }
}
