// Why the fake desk answered as it did.
import type { Turn } from '../../bindings/wire'

const REASONS: Partial<Record<Turn['route'], string>> = {
  faq: 'an approved answer matched the question closely, by words and by meaning',
  quote: 'the documents answer in their own words',
  documents: 'a model that may speak phrased what the documents say',
  did_you_mean: 'what was found is near, but does not hold enough of the question',
  refused: 'nothing that was found is near enough to the question',
  cache: 'the same question was answered from the same passages',
}

export function whyOf(turn: Turn): Record<string, unknown> {
  const found = turn.citations.map(({ title, locator, passage, score }) => ({ title, locator, matched: passage, score, cosine: score * 0.8, bm25: 0.6, coverage: 0.9, fate: 'chosen' }))
  const left = { title: 'Delivery and collection', locator: 'Delivery > Collect from the shop', matched: 'You can collect your order at the counter within 14 days.', score: 0.31, cosine: 0.28, bm25: 0.1, coverage: null, fate: 'left_out' }
  const isSpoken = turn.route === 'documents'
  return {
    reason: REASONS[turn.route] ?? `the lane is ${turn.route}`,
    searched: turn.question,
    by_words_alone: false,
    thresholds: { refuse_below: 0.4, answer_from: 0.62 },
    passages: turn.route === 'smalltalk' ? [] : [...found, left],
    sentences: isSpoken ? [{ text: 'Repairs are always free.', supported: false, passage: null, share: 0.2, why: 'the passages do not say it' }] : [],
    choose_ms: 1.2,
    turn_id: turn.turn_id,
    route: turn.route,
    score: turn.score,
    support: turn.support,
    kb_version: turn.kb_version,
    model: isSpoken ? 'qwen3-4b-instruct' : null,
    times_ms: isSpoken ? { search: 8.4, first_word: 720, all: 2_940 } : { search: 4.1, first_word: 0, all: 6.2 },
    tokens: isSpoken ? { prompt: 412, cached: 180, generated: 61 } : { prompt: 0, cached: 0, generated: 0 },
  }
}
