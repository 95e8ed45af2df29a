// Lays an answer out: paragraphs and lists of sentences, each with the numbers of its sources.
import type { Citation } from '../../bindings/wire'

export type Sentence = { text: string; cites: number[] }
export type Block = { kind: 'paragraph' | 'list'; items: Sentence[][] }

const MARGIN_CHARACTERS = 50
const CONTINUES = /^\s*[\p{Ll}\p{Lo}(“‘"']/u
const BULLET = /^\s*(?:[•▪‣–*-]|\d{1,2}[.)])\s+/
// A sentence takes the source numbers behind its full stop along.
const SENTENCE = /.+?(?:[.!?…؟]["'”’)\]]*(?:\s*(?:\[[\d,\s]+\]|[¹²³⁴⁵⁶⁷⁸⁹]))*(?:\s+|$)|$)/gs
const MARKER = /\s*\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]|([¹²³⁴⁵⁶⁷⁸⁹])/g
const RAISED = '¹²³⁴⁵⁶⁷⁸⁹'

/**
 * Numbers written in the text win; otherwise each sentence gets the sources that contain it. While the text `grows` its last
 * sentence may still change, so that one is left alone.
 */
export function layOut(text: string, citations: Citation[], grows = false): Block[] {
  const blocks: Block[] = []
  for (const line of joinWrapped(text.split('\n'))) {
    if (!line.trim()) continue
    const bullet = BULLET.test(line)
    const items = splitSentences(bullet ? line.replace(BULLET, '') : line)
    const last = blocks.at(-1)
    if (bullet && last?.kind === 'list') last.items.push(items)
    else blocks.push({ kind: bullet ? 'list' : 'paragraph', items: [items] })
  }
  placeCitations(blocks, citations, grows)
  return blocks
}

/** Lines that were wrapped at a margin read as one; addresses and rows of a table stay as they are. */
function joinWrapped(lines: string[]): string[] {
  const joined: string[] = []
  let before = ''
  for (const line of lines) {
    const isWrapped = before.length >= MARGIN_CHARACTERS && !/[.!?:;…؟]["'”’)\]]*\s*$/.test(before)
    if (isWrapped && CONTINUES.test(line) && !BULLET.test(line)) joined.push(`${joined.pop()} ${line.trim()}`)
    else joined.push(line)
    before = line
  }
  return joined
}

function splitSentences(line: string): Sentence[] {
  const sentences: Sentence[] = []
  for (const [whole] of line.matchAll(SENTENCE)) {
    const cites: number[] = []
    const text = whole.replace(MARKER, (_marker, list: string | undefined, raised: string | undefined) => {
      cites.push(...(list ? list.split(',').map(Number) : [RAISED.indexOf(raised ?? '') + 1]))
      return ''
    })
    const before = sentences.at(-1)
    if (text.trim()) sentences.push({ text, cites })
    else before?.cites.push(...cites)
  }
  return sentences
}

function placeCitations(blocks: Block[], citations: Citation[], grows: boolean): void {
  const known = new Set(citations.map((citation) => citation.n))
  const sentences = blocks.flatMap((block) => block.items.flat())
  for (const sentence of sentences) sentence.cites = unique(sentence.cites.filter((n) => known.has(n)))
  if (sentences.some((sentence) => sentence.cites.length)) return
  const placed = new Set<number>()
  for (const sentence of grows ? sentences.slice(0, -1) : sentences) {
    const wanted = lettersOf(sentence.text)
    if (wanted.length < 12) continue
    for (const citation of citations) {
      if (!lettersOf(citation.passage).includes(wanted)) continue
      sentence.cites.push(citation.n)
      placed.add(citation.n)
    }
  }
  if (!grows) sentences.at(-1)?.cites.push(...[...known].filter((n) => !placed.has(n)))
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

function unique(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
