// Every language says everything, with the same values.
import { describe, expect, it } from 'vitest'
import { ar } from './ar'
import { en } from './en'
import { formatBytes, matchLanguage, speak, t, type Message } from './i18n.svelte'

const formsOf = (message: Message) => (typeof message === 'string' ? { other: message } : message)
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('messages', () => {
  it('have the same keys in every language', () => {
    expect(Object.keys(ar)).toEqual(Object.keys(en))
  })

  it('have every plural form of their language', () => {
    for (const [messages, locale] of [[en, 'en'], [ar, 'ar']] as const) {
      const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
      for (const [key, message] of Object.entries<Message>(messages)) {
        if (typeof message !== 'string') expect(Object.keys(message).sort(), key).toEqual([...wanted].sort())
      }
    }
  })

  it('use the same values as English', () => {
    for (const [key, message] of Object.entries<Message>(ar)) {
      const original = formsOf((en as Record<string, Message>)[key] ?? '')
      expect(namesIn(formsOf(message).other ?? ''), key).toEqual(namesIn(original.other ?? ''))
    }
  })

  it('are written in the language they claim', () => {
    const foreign = ['unit.percent', 'sources.kind.markdown']
    for (const [key, message] of Object.entries<Message>(ar)) {
      if (!foreign.includes(key)) expect(formsOf(message).other, key).toMatch(/[\u0600-\u06ff]/)
    }
  })
})

describe('words', () => {
  it('choose the plural form', () => {
    speak('en')
    expect(t('chat.looking', { n: 1 })).toBe('Looking in 1 document…')
    expect(t('chat.looking', { n: 8 })).toBe('Looking in 8 documents…')
    speak('ar')
    expect(t('chat.looking', { n: 2 })).toBe('جارٍ البحث في مستندين…')
    expect(t('chat.looking', { n: 8 })).toBe('جارٍ البحث في 8 مستندات…')
  })

  it('keep what looks like a value inside a value', () => {
    speak('en')
    expect(t('answer.quote', { title: '{n} $& tricks' })).toBe('From: {n} $& tricks')
  })

  it('survive a computer without a language', () => {
    for (const [wish, computer, expected] of [
      ['', 'C', 'en'],
      ['', 'ar-EG', 'ar'],
      ['', 'ar_EG.UTF-8', 'ar'],
      ['en', 'ar', 'en'],
      ['tlh', 'POSIX', 'en'],
      ['constructor', '', 'en'],
    ] as const) {
      expect(matchLanguage(wish, computer), `${wish} on ${computer}`).toBe(expected)
    }
  })

  it('write sizes as people buy them', () => {
    speak('en')
    expect(formatBytes(98_362_432)).toBe('99 MB')
    expect(formatBytes(16_584_000_000)).toBe('16.6 GB')
  })
})
