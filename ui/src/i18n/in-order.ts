// The words of another language as the build ships them: in the order of the English keys.

/** Gives the words their keys; a `null` is a word that is missing. */
export function withKeys<Word>(english: Record<string, unknown>, words: readonly (Word | null)[]): Record<string, Word> {
  const keys = Object.keys(english)
  return Object.fromEntries(words.flatMap((word, at) => (word === null ? [] : [[keys[at], word]])))
}
