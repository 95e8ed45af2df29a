// An answer as a screen reader hears it: sentence by sentence while it is written, each of them once.

const NUMBERS_OF_SOURCES = /\s*(?:\[\d{1,2}(?:\s*,\s*\d{1,2})*\]|[¹²³⁴⁵⁶⁷⁸⁹])/g
const BULLET = /^\s*[•▪‣–*-]\s+/
const HAS_LETTER = /\p{L}/u
const SAYS_SOMETHING = /[\p{L}\p{N}]/u

/** The sentences of a text without the numbers of its sources, as the language cuts them. */
export function sentencesOf(text: string, language: string): string[] {
  const cutter = new Intl.Segmenter(language, { granularity: 'sentence' })
  return [...cutter.segment(text.replace(NUMBERS_OF_SOURCES, ''))].map(({ segment }) => segment)
}

/**
 * The sentences that no further word can change. While the answer is written a sentence ends when the next one has a
 * letter: until then "No. " may become "No. 5 is free".
 */
export function endedSentences(text: string, isOver: boolean, language: string): string[] {
  const sentences = sentencesOf(text, language)
  if (!isOver) sentences.length = Math.max(0, sentences.length - (HAS_LETTER.test(sentences.at(-1) ?? '') ? 1 : 2))
  return sentences.map((sentence) => sentence.replace(BULLET, '').replace(/\s+/g, ' ').trim()).filter((sentence) => SAYS_SOMETHING.test(sentence))
}

/** What is still to be said, and whether something that was said has been taken back meanwhile. */
export function stillToSay(said: readonly string[], ended: readonly string[], isOver: boolean): { more: string[]; isTakenBack: boolean } {
  const other = said.findIndex((sentence, at) => ended[at] !== sentence)
  // While words arrive a text may be short for a moment; that takes nothing back.
  const isSame = other === -1 || (!isOver && other >= ended.length)
  return isSame ? { more: ended.slice(said.length), isTakenBack: false } : { more: [...ended], isTakenBack: true }
}
