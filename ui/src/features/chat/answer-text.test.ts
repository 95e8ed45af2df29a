// Laying answers out, as tables of cases.
import { expect, it } from 'vitest'
import type { Citation } from '../../bindings/wire'
import { layOut } from './answer-text'

const cite = (n: number, passage: string): Citation => ({ n, source: 'a.md', title: 'A', locator: 'A', passage, score: 1 })

/** Writes a layout as text: `p` and `-` lines, sentences with their numbers in brackets. */
function drawn(text: string, citations: Citation[] = []): string[] {
  return layOut(text, citations).flatMap(({ kind, items }) =>
    items.map((item) => {
      const words = item.map((one) => one.text.trim() + (one.cites.length ? `[${one.cites}]` : '')).join('|')
      return `${kind === 'list' ? '-' : 'p'} ${words}`
    }),
  )
}

it('keeps lines and lists', () => {
  expect(drawn('One.\n\nTwo.')).toEqual(['p One.', 'p Two.'])
  expect(drawn('Prices:\n• Zips\n• Soles\nThat is all.')).toEqual(['p Prices:', '- Zips', '- Soles', 'p That is all.'])
  expect(drawn('1. First\n2) Second')).toEqual(['- First', '- Second'])
  expect(drawn('')).toEqual([])
})

it('joins lines that were wrapped at a margin, not addresses or rows', () => {
  const wrapped = 'Boots that were worn outside can only be returned when\nthey are faulty. Please keep the receipt.'
  expect(drawn(wrapped)).toEqual([
    'p Boots that were worn outside can only be returned when they are faulty.|Please keep the receipt.',
  ])
  const rows = 'Repair: Re-taping a leaking seam, for each seam; Price: £14\nRepair: Shortening trousers; Price: £13'
  expect(drawn(rows)).toHaveLength(2)
  expect(drawn('Harbour Outfitters\n12 Quay Street')).toEqual(['p Harbour Outfitters', 'p 12 Quay Street'])
})

it('gives places to the sources of every sentence but the one that is being written', () => {
  const first = cite(1, 'We are open every day. We close on Christmas Day.')
  const marks = (text: string) => layOut(text, [first], true).flatMap(({ items }) => items.flat().map(({ cites }) => cites))
  expect(marks('We are open every day.')).toEqual([[]])
  expect(marks('We are open every day. We close')).toEqual([[1], []])
  expect(marks('Something else. We close')).toEqual([[], []])
})

it('cuts sentences, not numbers', () => {
  expect(drawn('It costs £3.95 today. Yes! "Really?" Yes')).toEqual(['p It costs £3.95 today.|Yes!|"Really?"|Yes'])
})

it('takes numbers from the text and drops unknown ones', () => {
  const both = [cite(1, 'x'), cite(2, 'y')]
  expect(drawn('One [1]. Two.¹ ² Three [2, 1] [9].', both)).toEqual(['p One.[1]|Two.[1,2]|Three.[1,2]'])
})

it('finds the source that holds a sentence', () => {
  const both = [cite(1, 'Boots can be returned within 30 days.'), cite(2, 'Keep the receipt, please, or the number.')]
  expect(drawn('Boots can be returned within 30 days. Keep the receipt, please.', both)).toEqual([
    'p Boots can be returned within 30 days.[1]|Keep the receipt, please.[2]',
  ])
  expect(drawn('Something phrased. And more words.', both)).toEqual(['p Something phrased.|And more words.[1,2]'])
})
