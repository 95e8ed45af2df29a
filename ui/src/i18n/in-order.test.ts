import { expect, it } from 'vitest'
import { withKeys } from './in-order'

function check(words: (string | null)[], expected: Record<string, string>) {
  expect(withKeys({ 'a.one': 'One', 'a.two': 'Two' }, words)).toEqual(expected)
}

it('words get the keys of English back, and a missing one stays missing', () => {
  check(['Eins', 'Zwei'], { 'a.one': 'Eins', 'a.two': 'Zwei' })
  check([null, 'Zwei'], { 'a.two': 'Zwei' })
  check([], {})
})
