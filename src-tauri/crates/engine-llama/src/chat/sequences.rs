//! What the context holds: which tokens each sequence stands for, and which cells they share.
//!
//! The context is one pool of cells. A sequence is a list of cells, and two sequences that begin
//! alike can use the same ones, which costs nothing. This is the book that is kept about it, so
//! that nothing is asked of llama.cpp that it would answer by ending the process. Pure.

use std::collections::HashSet;

/// Number of a sequence.
pub(crate) type Seq = usize;

/// The book of one context.
#[derive(Debug)]
pub(crate) struct Sequences {
    held: Vec<Held>,
    /// Sequences that use each cell.
    users: Vec<u16>,
    free: Vec<u32>,
    clock: u64,
}

#[derive(Clone, Debug, Default)]
struct Held {
    tokens: Vec<i32>,
    cells: Vec<u32>,
    used_at: u64,
}

/// A beginning that some sequence holds already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Beginning {
    /// Who holds it.
    pub(crate) seq: Seq,
    /// How many tokens.
    pub(crate) tokens: usize,
}

impl Sequences {
    /// An empty context of `cells` cells and `count` sequences.
    pub(crate) fn new(count: usize, cells: usize) -> Sequences {
        let cells = u32::try_from(cells).unwrap_or(u32::MAX);
        Sequences {
            held: vec![Held::default(); count],
            users: vec![0; cells as usize],
            free: (0..cells).rev().collect(),
            clock: 0,
        }
    }

    /// Cells that nobody uses.
    pub(crate) fn free_cells(&self) -> usize {
        self.free.len()
    }

    /// Cells that these sequences use, shared ones counted once.
    pub(crate) fn cells_of(&self, among: impl Fn(Seq) -> bool) -> usize {
        let held = self.held.iter().enumerate().filter(|(seq, _)| among(*seq));
        let cells: HashSet<u32> = held.flat_map(|(_, held)| held.cells.iter().copied()).collect();
        cells.len()
    }

    /// The tokens of a sequence.
    pub(crate) fn tokens(&self, seq: Seq) -> &[i32] {
        &self.held[seq].tokens
    }

    /// How many tokens of `prompt` a sequence holds at its beginning.
    pub(crate) fn common(&self, seq: Seq, prompt: &[i32]) -> usize {
        common_tokens(&self.held[seq].tokens, prompt)
    }

    /// The sequence that holds most of `prompt`, the first of several.
    pub(crate) fn longest(&self, prompt: &[i32]) -> Option<Beginning> {
        let of = |seq| Beginning { seq, tokens: self.common(seq, prompt) };
        (0..self.held.len())
            .map(of)
            .filter(|found| found.tokens > 0)
            .reduce(|best, next| if next.tokens > best.tokens { next } else { best })
    }

    /// Notes that a sequence was of use now.
    pub(crate) fn touch(&mut self, seq: Seq) {
        self.clock += 1;
        self.held[seq].used_at = self.clock;
    }

    /// When a sequence was last of use, in no unit.
    pub(crate) fn used_at(&self, seq: Seq) -> u64 {
        self.held[seq].used_at
    }

    /// The sequence that was of use longest ago, among those that hold anything and are asked for.
    pub(crate) fn oldest(&self, among: impl Fn(Seq) -> bool) -> Option<Seq> {
        (0..self.held.len())
            .filter(|&seq| !self.held[seq].tokens.is_empty() && among(seq))
            .min_by_key(|&seq| self.held[seq].used_at)
    }

    /// Adds computed tokens. `false`, and nothing changed, if there are not enough cells.
    #[must_use]
    pub(crate) fn append(&mut self, seq: Seq, tokens: &[i32]) -> bool {
        if tokens.len() > self.free.len() {
            return false;
        }
        let cells = self.free.split_off(self.free.len() - tokens.len());
        for &cell in &cells {
            self.users[cell as usize] = 1;
        }
        self.held[seq].cells.extend(cells.into_iter().rev());
        self.held[seq].tokens.extend_from_slice(tokens);
        self.touch(seq);
        true
    }

    /// Makes `to` the first `tokens` tokens of `from`, with the same cells.
    pub(crate) fn share(&mut self, from: Seq, to: Seq, tokens: usize) {
        if from == to {
            return self.cut(to, tokens);
        }
        self.cut(to, 0);
        let tokens = tokens.min(self.held[from].tokens.len());
        let (shared, cells) =
            (self.held[from].tokens[..tokens].to_vec(), self.held[from].cells[..tokens].to_vec());
        for &cell in &cells {
            self.users[cell as usize] += 1;
        }
        self.held[to].tokens = shared;
        self.held[to].cells = cells;
        self.touch(from);
        self.touch(to);
    }

    /// Keeps the first `tokens` tokens of a sequence.
    pub(crate) fn cut(&mut self, seq: Seq, tokens: usize) {
        let held = &mut self.held[seq];
        if tokens >= held.tokens.len() {
            return;
        }
        held.tokens.truncate(tokens);
        for cell in held.cells.drain(tokens..) {
            let users = &mut self.users[cell as usize];
            *users -= 1;
            if *users == 0 {
                self.free.push(cell);
            }
        }
    }

    /// Everything is gone.
    pub(crate) fn clear(&mut self) {
        for seq in 0..self.held.len() {
            self.cut(seq, 0);
        }
    }
}

/// Length of the common beginning.
pub(crate) fn common_tokens(held: &[i32], prompt: &[i32]) -> usize {
    held.iter().zip(prompt).take_while(|(held, asked)| held == asked).count()
}

#[cfg(test)]
mod tests;
