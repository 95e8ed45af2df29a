// Highlights count characters and survive anything.
import { expect, it } from 'vitest'
import { splitHighlights } from './highlight'

const drawn = (text: string, highlights: [number, number][]) =>
  splitHighlights(text, highlights)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('')

it.each<[string, [number, number][], string]>([
  ['abcdef', [[1, 3]], 'a[bc]def'],
  ['abcdef', [], 'abcdef'],
  ['abcdef', [[0, 6]], '[abcdef]'],
  ['abcdef', [[4, 99], [0, 1]], '[a]bcd[ef]'],
  ['abcdef', [[1, 4], [2, 5]], 'a[bcd][e]f'],
  ['abcdef', [[3, 3], [5, 2]], 'abcdef'],
  ['a😀bc', [[2, 3]], 'a😀[b]c'],
  ['', [[0, 4]], ''],
])('%s with %j', (text, highlights, expected) => expect(drawn(text, highlights)).toBe(expected))
