// The words of an answer as a square that a phone's camera reads. The square holds the text itself, no address.

/** What the largest square with the lowest correction holds: more is too fine for a camera. */
export const MOST_BYTES = 1_273
const SENTENCE_END = /[.!?؟…]["'”’)\]]*(?=\s|$)|\n/g

export type Parcel = { text: string; isCut: boolean }

/** The shop's name above the words, as much as fits, ended at a sentence. */
export function pack(shop: string, words: string, mostBytes = MOST_BYTES): Parcel {
  const name = cutBytes(shop.trim(), Math.floor(mostBytes / 6))
  const head = name ? `${name}\n\n` : ''
  const body = words.replace(/\s*(?:\[[\d,\s]+\]|[¹²³⁴⁵⁶⁷⁸⁹])/g, '').trim()
  const room = mostBytes - bytesOf(head)
  if (bytesOf(body) <= room) return { text: head + body, isCut: false }
  const most = cutBytes(body, room - bytesOf(' …'))
  const ends = [...most.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length)
  // A sentence that ends early on would leave most of the room empty; then a word is end enough.
  const end = [ends.at(-1) ?? 0, most.lastIndexOf(' ')].find((place) => place > most.length / 2) ?? most.length
  return { text: `${head}${most.slice(0, end).trimEnd()} …`, isCut: true }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/** The longest beginning of whole characters that has no more bytes. */
function cutBytes(text: string, most: number): string {
  if (bytesOf(text) <= most) return text
  let bytes = 0
  let cut = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)) {
    bytes += bytesOf(segment)
    if (bytes > most) break
    cut += segment
  }
  return cut
}
