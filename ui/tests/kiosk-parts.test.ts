// The pure parts of the visitors' screen, as tables of cases.
import { describe, expect, it } from 'vitest'
import { KeyBurst, typesNothing, type KeyPress } from '../src/features/kiosk/burst'
import { secondsLeft, stepIdle, NOBODY, type Idle, type IdleEvent } from '../src/features/kiosk/idle'
import { ACCENTS, keysOf, layoutFor, LAYOUTS, SIGNS } from '../src/features/kiosk/keyboard/layouts'
import { bringsKeys } from '../src/features/kiosk/keyboard/own-keys'
import { inParts } from '../src/features/kiosk/speech.svelte'
import { MOST_BYTES, pack } from '../src/features/kiosk/take-along'
import { bytesOutside } from '../src/features/kiosk/traffic'
import { CornerTaps, isWayOutKey } from '../src/features/kiosk/way-out'
import { cleanText } from '../src/shared/clean-text'
import { drawSquare } from '../src/shared/square'

describe('idle', () => {
  const LIMITS = { idleMilliseconds: 60_000, warningMilliseconds: 15_000 }
  const touch: IdleEvent = { is: 'touch' }
  const tick: IdleEvent = { is: 'tick', held: false }
  const held: IdleEvent = { is: 'tick', held: true }
  const here = (since: number): Idle => ({ phase: 'here', since })
  const asking = (since: number): Idle => ({ phase: 'asking', since })

  it.each<[string, Idle, IdleEvent, number, Idle]>([
    ['nobody stays nobody', NOBODY, tick, 1e9, NOBODY],
    ['a touch wakes', NOBODY, touch, 500, here(500)],
    ['a touch counts anew', here(0), touch, 59_999, here(59_999)],
    ['just below the limit nothing is asked', here(0), tick, 59_999, here(0)],
    ['at the limit it asks', here(0), tick, 60_000, asking(60_000)],
    ['an answer on its way holds the time', here(0), held, 59_999, here(59_999)],
    ['even a long one', here(0), held, 600_000, here(600_000)],
    ['any touch extends', asking(60_000), touch, 74_000, here(74_000)],
    ['just below the end it still asks', asking(60_000), tick, 74_999, asking(60_000)],
    ['at the end nobody is left', asking(60_000), tick, 75_000, { phase: 'away', since: 75_000 }],
    ['what begins while it asks does not hold it', asking(60_000), held, 75_000, { phase: 'away', since: 75_000 }],
    ['after a sleep nobody is asked', here(0), tick, 75_000, { phase: 'away', since: 75_000 }],
  ])('%s', (_name, before, event, now, after) => {
    expect(stepIdle(before, event, now, LIMITS)).toEqual(after)
  })

  it('counts whole seconds down to one', () => {
    expect([60_000, 60_001, 74_000, 74_999, 80_000].map((now) => secondsLeft(asking(60_000), now, LIMITS))).toEqual([15, 15, 1, 1, 1])
  })
})

describe('a burst of keys', () => {
  const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
    key, repeat: false, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, inField: false, altGraph: false, ...more,
  })

  it.each<[KeyPress, boolean]>([
    [press('a'), true],
    [press('a', { inField: true }), false],
    [press('ß', { inField: true, altGraph: true, ctrlKey: true, altKey: true }), false],
    [press('a', { inField: true, ctrlKey: true }), true],
    [press('F5'), true],
    [press('Backspace', { inField: true, repeat: true }), false],
    [press('Backspace'), true],
    [press('Tab', { repeat: true }), false],
    [press('ArrowDown', { repeat: true }), false],
    [press('Shift', { repeat: true }), false],
    [press('Shift'), true],
    [press('Process', { isComposing: true, inField: true }), false],
  ])('%j types nothing: %s', (one, expected) => expect(typesNothing(one)).toBe(expected))

  it('is more than 25 within two seconds', () => {
    const burst = new KeyBurst()
    for (let n = 0; n < 25; n++) expect(burst.note(press('F5'), n * 10)).toBe(false)
    expect(burst.note(press('F5'), 260)).toBe(true)
    const slow = new KeyBurst()
    for (let n = 0; n < 200; n++) expect(slow.note(press('F5'), n * 81)).toBe(false)
  })
})

describe('the way out', () => {
  const LEFT = { width: 1_000, rightToLeft: false }
  const RIGHT = { width: 1_000, rightToLeft: true }
  const taps = (at: number[], x: number, corner: typeof LEFT, y = 20) => {
    const counter = new CornerTaps()
    return at.map((moment) => counter.note({ x, y, at: moment }, corner)).includes(true)
  }

  it.each([
    ['five in time', [0, 700, 1_400, 2_100, 2_800], 20, LEFT, true],
    ['four', [0, 1, 2, 3], 20, LEFT, false],
    ['five too slowly', [0, 800, 1_600, 2_400, 3_200], 20, LEFT, false],
    ['in the wrong corner', [0, 1, 2, 3, 4], 980, LEFT, false],
    ['in the corner where Arabic begins', [0, 1, 2, 3, 4], 980, RIGHT, true],
  ] as const)('opens for %s: %s', (_name, at, x, corner, expected) => expect(taps([...at], x, corner)).toBe(expected))

  it('begins anew after a tap elsewhere, and knows its keys', () => {
    const counter = new CornerTaps()
    for (let n = 0; n < 4; n++) counter.note({ x: 5, y: 5, at: n }, LEFT)
    counter.note({ x: 500, y: 500, at: 5 }, LEFT)
    expect(counter.note({ x: 5, y: 5, at: 6 }, LEFT)).toBe(false)
    expect(isWayOutKey({ code: 'KeyL', ctrlKey: true, altKey: true, shiftKey: true })).toBe(true)
    expect(isWayOutKey({ code: 'KeyL', ctrlKey: true, altKey: true, shiftKey: false })).toBe(false)
  })
})

describe('keyboards', () => {
  const ALPHABETS: Record<string, string> = {
    en: 'abcdefghijklmnopqrstuvwxyz', de: 'abcdefghijklmnopqrstuvwxyzäöüß', fr: 'abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ',
    es: 'abcdefghijklmnopqrstuvwxyzñáéíóúü¿¡', it: 'abcdefghijklmnopqrstuvwxyzàèéìòù', nl: 'abcdefghijklmnopqrstuvwxyzëïéö',
    sv: 'abcdefghijklmnopqrstuvwxyzåäöé', pl: 'abcdefghijklmnopqrstuvwxyząćęłńóśźż', pt: 'abcdefghijklmnopqrstuvwxyzáâãàçéêíóôõúü',
    tr: 'abcçdefgğhıijklmnoöprsştuüvyzâîû', ar: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىًٌٍَُِّْ،؟', he: 'אבגדהוזחטיכךלמםנןסעפףצץקרשת',
  }

  it.each(Object.entries(ALPHABETS))('%s reaches every letter of its language', (language, alphabet) => {
    const layout = layoutFor(language)
    const keys = keysOf(layout, language).flat()
    const reached = new Set([...keys.flatMap((key) => [key.lower, key.upper, ...key.accents.map((one) => one.lower)]), ...(layout.marks ?? []), ...(ACCENTS['?'] ?? '').split(' ')])
    for (const row of keysOf(SIGNS, language)) for (const key of row) for (const one of [key, ...key.accents]) reached.add(one.lower)
    expect([...alphabet].filter((letter) => !reached.has(letter))).toEqual([])
  })

  it('have the same number of keys with shift, and at most twelve in a row', () => {
    for (const [language, layout] of Object.entries(LAYOUTS)) {
      layout.rows.forEach((row, index) => {
        expect(row.split(' ').length, language).toBeLessThanOrEqual(12)
        if (layout.shifted) expect(layout.shifted[index]?.split(' ').length, language).toBe(row.split(' ').length)
      })
    }
  })

  it('raise letters as their language does', () => {
    const upper = (language: string, lower: string) => keysOf(layoutFor(language), language).flat().find((key) => key.lower === lower)?.upper
    expect([upper('en', 'i'), upper('tr', 'i'), upper('tr', 'ı'), upper('de', 'ß')]).toEqual(['I', 'İ', 'I', 'ẞ'])
  })
})

describe('taking along', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length

  it('holds shop and answer, without the numbers of sources', () => {
    expect(pack('Harbour', 'Yes. [1, 2] It does.¹')).toEqual({ text: 'Harbour\n\nYes. It does.', isCut: false })
  })

  it.each([
    ['sentences', 'This is a sentence of the answer. '.repeat(80)],
    ['one endless word', 'x'.repeat(5_000)],
    ['Arabic', 'هذه جملة من الإجابة. '.repeat(200)],
    ['pictures', '👩‍👩‍👧‍👦'.repeat(200)],
  ])('is cut to what a camera reads: %s', (_name, words) => {
    const { text, isCut } = pack('Harbour Outfitters', words)
    expect(isCut).toBe(true)
    expect(bytes(text)).toBeLessThanOrEqual(MOST_BYTES)
    expect(text.endsWith(' …')).toBe(true)
    expect(text.startsWith('Harbour Outfitters\n\n')).toBe(true)
    expect(drawSquare(text).size).toBeLessThanOrEqual(117 + 8)
  })

  it('ends at a sentence', () => {
    expect(pack('S', 'This is a sentence of the answer. '.repeat(80)).text).toMatch(/answer\. …$/)
  })

  it('draws exactly what fits into version 25', () => {
    expect(drawSquare('x'.repeat(MOST_BYTES)).size).toBe(125)
    expect(() => drawSquare('x'.repeat(MOST_BYTES + 1))).toThrow()
  })
})

describe('text that is shown', () => {
  it.each([
    ['plain text\nwith\ttabs', 'plain text\nwith\ttabs'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['\u2066x\u2069\u200B\uFEFFy\u2060', 'xy'],
    ['hi\u{E0041}\u{E0042}dden', 'hidden'],
    ['bell\u0007 escape\u001b[31m', 'bell escape[31m'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['می\u200Cخواهم', 'می\u200Cخواهم'],
    ['a\u200Db', 'ab'],
    ['👩\u200D🍳 👩🏽\u200D🍳 ❤\uFE0F\u200D🔥', '👩\u200D🍳 👩🏽\u200D🍳 ❤\uFE0F\u200D🔥'],
    ['z' + '\u0301'.repeat(500), 'z' + '\u0301'.repeat(6)],
    ['\uD800 alone', '\uFFFD alone'],
  ])('%j is shown as %j', (text, shown) => {
    expect(cleanText(text)).toBe(shown)
    expect(cleanText(shown)).toBe(shown)
  })

  it('is clean at once, however much there is', () => {
    const begun = performance.now()
    expect(cleanText('\u200B'.repeat(1_000_000))).toBe('')
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

it('reads aloud in pieces that a voice survives', () => {
  expect(inParts('One. [1] Two! Three?')).toEqual(['One.  Two! Three?'])
  const long = inParts('This sentence has some forty characters in it. '.repeat(20))
  expect(long.length).toBeGreaterThan(3)
  expect(Math.max(...long.map((part) => part.length))).toBeLessThanOrEqual(220)
})

it('counts what went elsewhere, not what stayed here', () => {
  const page = new URL('http://127.0.0.1:4711/kiosk.html')
  const entry = (name: string, transferSize = 0) => ({ name, transferSize })
  expect(bytesOutside([entry('http://127.0.0.1:4711/a.js', 900), entry('http://ipc.localhost/visit', 10), entry('ipc://localhost/visit', 9)], page)).toBe(0)
  expect(bytesOutside([entry('https://example.org/x', 120), entry('http://127.0.0.1:9999/x')], page)).toBe(121)
})

describe('a device that brings its own keyboard', () => {
  const agents = {
    linux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15',
    windows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    android: 'Mozilla/5.0 (Linux; Android 15; Tablet) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
    iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  }

  it.each<[string, string, string, number, boolean]>([
    ['a kiosk with a touch screen', agents.linux, 'Linux x86_64', 10, false],
    ['another one', agents.windows, 'Win32', 10, false],
    ['a Mac', agents.mac, 'MacIntel', 0, false],
    ['a tablet that calls itself a Mac', agents.mac, 'MacIntel', 5, true],
    ['a tablet', agents.android, 'Linux armv8l', 5, true],
    ['a phone', agents.iphone, 'iPhone', 5, true],
  ])('%s', (_name, userAgent, platform, maxTouchPoints, expected) => {
    expect(bringsKeys({ userAgent, platform, maxTouchPoints })).toBe(expected)
  })
})
