// What is said of an answer while it is written, as tables of cases.
import { describe, expect, it } from 'vitest'
import { endedSentences, stillToSay } from './sentences'

describe('sentences that no further word changes', () => {
  it.each<[string, boolean, string[]]>([
    ['', false, []],
    ['We open at nine', false, []],
    ['We open at nine. ', false, []],
    ['We open at nine. O', false, ['We open at nine.']],
    ['We open at nine. On Sundays at ten.', true, ['We open at nine.', 'On Sundays at ten.']],
    ['Zips cost £3.95 each. They', false, ['Zips cost £3.95 each.']],
    ['Take No. ', false, []],
    ['Yes! [1] Bring it. [2', false, ['Yes!']],
    ['Yes! [1] Bring it.¹ ²', true, ['Yes!', 'Bring it.']],
    ['Prices:\n• Zips £12\n• Soles £45', true, ['Prices:', 'Zips £12', 'Soles £45']],
    ['One  line\n\n—\n', true, ['One line']],
    ['£12', true, ['£12']],
  ])('%j, over: %s', (text, isOver, expected) => expect(endedSentences(text, isOver, 'en')).toEqual(expected))

  it.each([
    ['ar', 'نفتح في التاسعة. هل تريد المزيد؟ نعم', ['نفتح في التاسعة.', 'هل تريد المزيد؟']],
    ['he', 'אנחנו פותחים בתשע. בואו', ['אנחנו פותחים בתשע.']],
    ['de', 'Wir öffnen um neun. Sonntags', ['Wir öffnen um neun.']],
  ])('in %s', (language, text, expected) => expect(endedSentences(text, false, language)).toEqual(expected))

  it('only grow while words arrive, whatever the text', () => {
    const text = 'Yes. [1] It costs £3.95, e.g. on Mondays. “Really?” Yes!¹ ² No. 5 is free.\n• Zips\n• Soles at 9 a.m. daily\nThat is all.'
    let said: string[] = []
    for (let end = 1; end <= text.length; end++) {
      const ended = endedSentences(text.slice(0, end), false, 'en')
      const { more, isTakenBack } = stillToSay(said, ended, false)
      expect(isTakenBack, text.slice(0, end)).toBe(false)
      said = [...said, ...more]
    }
    const last = stillToSay(said, endedSentences(text, true, 'en'), true)
    expect(last.isTakenBack).toBe(false)
    expect([...said, ...last.more].join(' ')).toBe('Yes. It costs £3.95, e.g. on Mondays. “Really?” Yes! No. 5 is free. Zips Soles at 9 a.m. daily That is all.')
  })
})

it.each<[string[], string[], boolean, string[], boolean]>([
  [[], ['A.'], false, ['A.'], false],
  [['A.'], ['A.', 'B.'], false, ['B.'], false],
  [['A.', 'B.'], ['A.'], false, [], false],
  [['A.', 'B.'], ['A.'], true, ['A.'], true],
  [['A.'], ['C.'], false, ['C.'], true],
  [['A.'], ['A.'], true, [], false],
])('after %j there is of %j still to say', (said, ended, isOver, more, isTakenBack) => {
  expect(stillToSay(said, ended, isOver)).toEqual({ more, isTakenBack })
})
