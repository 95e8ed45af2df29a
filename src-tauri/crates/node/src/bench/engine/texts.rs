//! Texts without a meaning, of a wanted number of tokens, the same again for the same seed.

use engine::{Embedder, EngineError};

/// Common words, so that most are one token in any vocabulary.
const WORDS: &str = "\
    about again always animal answer apple around because before begin better between black \
    board book bring build called carry change children city clear close color common correct \
    country cover cross dark different door down earth eight enough every example family father \
    final first fish food form friend garden give gold good great green group hand hard head \
    heat high home horse hour house idea island keep kind knew land language large late leave \
    letter life light line list little local machine main many mark measure might mind money \
    morning mother mountain move music name near never night north note notice number ocean open \
    order other page paper part people person picture piece place plan plant play point power \
    problem product question quick rain reach read record rest right river road rock room round \
    rule school science second sentence seven ship short show side simple small snow song sound \
    south space special stand star start state still stop story street strong study sun system \
    table talk teach tell thing think thousand three time together town travel tree true turn \
    under unit voice walk warm watch water week west wheel white whole window winter wood word \
    work world write year yellow young";

fn words() -> Vec<&'static str> {
    WORDS.split(' ').collect()
}

/// What each word costs in a model's tokens.
#[derive(Clone, Debug)]
pub(super) struct Costs(Vec<usize>);

impl Costs {
    /// Asks the model. A word costs what its second copy adds: so neither the start of a text nor
    /// marks around it are counted.
    pub(super) fn of(model: &dyn Embedder) -> Result<Self, EngineError> {
        let pairs = words().into_iter().flat_map(|word| [word.into(), format!("{word} {word}")]);
        let counts = model.count_tokens(&pairs.collect::<Vec<_>>())?;
        let added = counts.chunks(2).map(|pair| pair[1].saturating_sub(pair[0]).max(1));
        Ok(Self(added.collect()))
    }
}

/// Writes texts, no two alike.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    words: Vec<&'static str>,
    costs: Costs,
    state: u64,
}

impl Texts {
    /// Begins anew: the same seed and name give the same texts.
    pub(super) fn new(costs: Costs, seed: u64, name: &str) -> Self {
        let mix = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let state = name.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, mix);
        Self { words: words(), costs, state }
    }

    /// A text of this many tokens, or one less where only longer words are left.
    pub(super) fn text(&mut self, tokens: usize) -> String {
        let mut chosen = Vec::with_capacity(tokens);
        let mut left = tokens;
        while left > 0 {
            let drawn = self.draw();
            let fitting = (0..self.words.len())
                .map(|step| (drawn + step) % self.words.len())
                .find(|index| self.costs.0[*index] <= left);
            let Some(index) = fitting else { break };
            left -= self.costs.0[index];
            chosen.push(self.words[index]);
        }
        chosen.join(" ")
    }

    /// Several texts of this many tokens.
    pub(super) fn texts(&mut self, count: usize, tokens: usize) -> Vec<String> {
        (0..count).map(|_| self.text(tokens)).collect()
    }

    /// A linear congruential generator; its upper bits are good enough to draw words.
    fn draw(&mut self) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.state >> 33) as usize % self.words.len()
    }
}

#[cfg(test)]
mod tests;
