// Every language says everything, with the same values; numbers and names keep their direction.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { staff as staffEnglish } from '../src/i18n/en/staff'
import { visitor as visitorEnglish } from '../src/i18n/en/visitor'
import type { Message } from '../src/i18n/fill'
import { formatBytes, language, languages, learn, matchLanguage, speak, t } from '../src/i18n/i18n.svelte'
import { LANGUAGE_IDS, LANGUAGES, VISITOR_WORDS, type Language } from '../src/i18n/languages'
import { STAFF_LANGUAGES, STAFF_WORDS } from '../src/i18n/staff'

type Part = { name: string; id: Language; english: Record<string, Message>; words: Record<string, Message> }
const parts: Part[] = []

beforeAll(async () => {
  for (const id of LANGUAGE_IDS) {
    const words = id === 'en' ? visitorEnglish : (await VISITOR_WORDS[id]()).visitor
    parts.push({ name: `${id} visitor`, id, english: visitorEnglish, words })
  }
  for (const id of STAFF_LANGUAGES) {
    const words = id === 'en' ? staffEnglish : await STAFF_WORDS[id as keyof typeof STAFF_WORDS]()
    parts.push({ name: `${id} staff`, id, english: staffEnglish, words })
  }
})

const formsOf = (message: Message = '') => (typeof message === 'string' ? { other: message } : message)
const namesIn = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
const textsOf = (words: Record<string, Message>) => Object.entries(words).flatMap(([key, message]) => Object.values(formsOf(message)).map((text) => [key, text] as const))

describe('messages', () => {
  it('are there for twelve languages of visitors and three of staff', () => {
    expect(LANGUAGE_IDS.join(' ')).toBe('en de fr es it nl sv pl pt tr ar he')
    expect(STAFF_LANGUAGES.join(' ')).toBe('en de ar')
    expect(parts).toHaveLength(15)
  })

  it('have the same keys in every language', () => {
    for (const { name, english, words } of parts) expect(Object.keys(words).sort(), name).toEqual(Object.keys(english).sort())
  })

  it('belong either to visitors or to staff', () => {
    expect(Object.keys(visitorEnglish).filter((key) => key in staffEnglish)).toEqual([])
  })

  it('have every plural form of their language', () => {
    for (const { name, id, words } of parts) {
      const wanted = new Intl.PluralRules(LANGUAGES[id].locale).resolvedOptions().pluralCategories
      for (const [key, message] of Object.entries(words)) {
        if (typeof message !== 'string') expect(Object.keys(message).sort(), `${name} ${key}`).toEqual([...wanted].sort())
      }
    }
  })

  it('use the same values as English', () => {
    for (const { name, english, words } of parts) {
      for (const [key, message] of Object.entries(words)) {
        expect(namesIn(formsOf(message).other), `${name} ${key}`).toEqual(namesIn(formsOf(english[key]).other))
      }
    }
  })

  it('have words for every code of an error', () => {
    const wire = readFileSync(join(import.meta.dirname, '../src/bindings/wire.ts'), 'utf8')
    const codes = [...(/export type Code = ([^;]+);/.exec(wire)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(([, code]) => `error.${code}`)
    expect(codes.length).toBeGreaterThan(10)
    for (const { name, words } of parts.filter((part) => part.name.endsWith('visitor'))) {
      expect(Object.keys(words).filter((key) => key.startsWith('error.')).sort(), name).toEqual([...codes].sort())
    }
  })

  it('need no letter that the shipped fonts lack', () => {
    const css = readFileSync(join(import.meta.dirname, '../src/styles/fonts.css'), 'utf8')
    const ranges = [...css.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, from = '', to = from]) => [parseInt(from, 16), parseInt(to, 16)] as const)
    const isCovered = (letter: string) => ranges.some(([from, to]) => (letter.codePointAt(0) ?? 0) >= from && (letter.codePointAt(0) ?? 0) <= to)
    for (const { name, words } of parts) {
      const letters = new Set(textsOf(words).flatMap(([, text]) => [...text]))
      expect([...letters].filter((letter) => !isCovered(letter)).join(''), name).toBe('')
    }
    expect(languages.flatMap((one) => [...one.name]).filter((letter) => !isCovered(letter))).toEqual([])
  })

  it('say something, and nothing twice by mistake', () => {
    for (const { name, words } of parts) {
      for (const [key, text] of textsOf(words)) {
        expect(text.trim(), `${name} ${key}`).not.toBe('')
        expect(text, `${name} ${key}`).not.toMatch(/\s\s|T[O]DO|…\.|\.\.\./)
      }
    }
  })

  it('are written in the language they claim', () => {
    const scripts: Partial<Record<Language, RegExp>> = { ar: /[\u0600-\u06ff]/, he: /[\u0590-\u05ff]/ }
    for (const { name, id, english, words } of parts.filter((part) => part.id !== 'en')) {
      const script = scripts[id]
      const foreign = Object.keys(words).filter((key) => {
        const text = formsOf(words[key]).other ?? ''
        if (!/\p{L}{3}/u.test(text.replace(/\{\w+\}/g, ''))) return false
        return script ? !script.test(text) : text === formsOf(english[key]).other
      })
      // A few words are the same in several languages, such as "Text" or "Status".
      expect(foreign.length, `${name}: ${foreign.join(', ')}`).toBeLessThan(Math.max(6, Object.keys(words).length * 0.06))
    }
  })
})

describe('words', () => {
  it('choose the plural form', async () => {
    await speak('en')
    expect(t('chat.looking', { n: 1 })).toBe('Looking in 1 document…')
    expect(t('chat.looking', { n: 8 })).toBe('Looking in 8 documents…')
    await speak('ar')
    expect(t('chat.looking', { n: 2 })).toBe('جارٍ البحث في مستندين…')
    expect(t('chat.looking', { n: 8 })).toBe('جارٍ البحث في \u20688\u2069 مستندات…')
  })

  it('keep what looks like a value inside a value', () => {
    expect(t('answer.quote', { title: '{n} $& tricks' })).toBe('From: {n} $& tricks')
  })

  it('isolate what runs the other way', async () => {
    expect(t('answer.quote', { title: 'مواعيد العمل (الصيف)' })).toBe('From: \u2068مواعيد العمل (الصيف)\u2069')
    await speak('ar')
    expect(t('answer.quote', { title: 'HO-104106 (3)' })).toContain('\u2068HO-104106 (3)\u2069')
    expect(document.documentElement.dir).toBe('rtl')
    await speak('en')
    expect(document.documentElement.dir).toBe('ltr')
  })

  it('survive a computer without a language', () => {
    for (const [wish, computer, expected] of [
      ['', 'C', 'en'],
      ['', 'ar-EG', 'ar'],
      ['', 'ar_EG.UTF-8', 'ar'],
      ['en', 'ar', 'en'],
      ['de-AT', 'en', 'de'],
      ['PT-br', '', 'pt'],
      ['tlh', 'POSIX', 'en'],
      ['tlh', 'sv-FI', 'sv'],
      ['constructor', '', 'en'],
    ] as const) {
      expect(matchLanguage(wish, computer), `${wish} on ${computer}`).toBe(expected)
    }
  })

  it('write sizes as people buy them', () => {
    expect(formatBytes(98_362_432)).toBe('99 MB')
    expect(formatBytes(16_584_000_000)).toBe('16.6 GB')
  })

  it('fall back to English where a language cannot be brought, and try again later', async () => {
    let tries = 0
    learn({}, { sv: async () => { if (tries++ === 0) throw new Error('not there'); return {} } })
    await speak('sv')
    expect([language(), document.documentElement.lang]).toEqual(['en', 'en'])
    await speak('sv')
    expect(language()).toBe('sv')
  })

  it('follow the last wish, however long an earlier one takes', async () => {
    let arrive = () => {}
    learn({}, { tr: () => new Promise((done) => (arrive = () => done({}))) })
    const late = speak('tr')
    await speak('en')
    arrive()
    await late
    expect(language()).toBe('en')
  })
})
