// The words of the interface: `t('key', { n })`. A missing key or value does not compile.
import { ar } from './ar'
import { en } from './en'

/** One text, or one for each plural form of the language. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>
export type Key = keyof typeof en
export type Messages = Record<Key, Message>

type Text<M> = M extends string ? M : M extends { other: infer O extends string } ? O : never
type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Values<K extends Key> = Record<Names<Text<(typeof en)[K]>>, string | number>
type Arguments<K extends Key> = [Names<Text<(typeof en)[K]>>] extends [never] ? [] : [values: Values<K>]

const LANGUAGES = {
  en: { messages: en as Messages, name: 'English', direction: 'ltr', locale: 'en-GB' },
  // Latin digits, so that numbers read the same as in the desk's documents.
  ar: { messages: ar as Messages, name: 'العربية', direction: 'rtl', locale: 'ar-u-nu-latn' },
} as const

export type Language = keyof typeof LANGUAGES

export const languages = Object.entries(LANGUAGES).map(([id, { name }]) => ({ id: id as Language, name }))

let current = $state<Language>('en')

/** The language the interface speaks now. */
export function language(): Language {
  return current
}

/** The best language we have for a wish; an empty or unknown wish follows the computer. */
export function matchLanguage(wish: string, computer: string = navigator.language): Language {
  for (const tag of [wish, computer]) {
    const base = tag.toLowerCase().split(/[-_]/)[0] ?? ''
    if (Object.hasOwn(LANGUAGES, base)) return base as Language
  }
  return 'en'
}

export function speak(wish: string): void {
  current = matchLanguage(wish)
  document.documentElement.lang = current
  document.documentElement.dir = LANGUAGES[current].direction
}

export function t<K extends Key>(key: K, ...rest: Arguments<K>): string {
  const { messages, locale } = LANGUAGES[current]
  const values = (rest[0] ?? {}) as Record<string, string | number>
  return fill(choose(messages[key], values['n'], locale), values, locale)
}

/** A number in the reader's own way of writing it. */
export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(LANGUAGES[current].locale, options).format(value)
}

/** A day, such as 9 October 2026. */
export function formatDay(secondsSince1970: number): string {
  const { locale } = LANGUAGES[current]
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(secondsSince1970 * 1000)
}

/** A day as a table holds it, `2026-02-24`, in the reader's own words; anything else stays as it stands. */
export function formatTableDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return text
  const { locale } = LANGUAGES[current]
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(text))
}

/** A moment, `2026-11-22T14:05:00Z`, as day and time of this computer; anything else stays as it stands. */
export function formatMoment(text: string): string {
  if (Number.isNaN(Date.parse(text))) return text
  const { locale } = LANGUAGES[current]
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(text))
}

/** Bytes in the unit people buy: MB below one GB, GB above. */
export function formatBytes(bytes: number): string {
  const gigabytes = bytes / 1e9
  if (gigabytes >= 1) return t('unit.gigabytes', { value: formatNumber(gigabytes, { maximumFractionDigits: 1 }) })
  return t('unit.megabytes', { value: formatNumber(Math.ceil(bytes / 1e6)) })
}

function choose(message: Message, count: string | number | undefined, locale: string): string {
  if (typeof message === 'string') return message
  const form = new Intl.PluralRules(locale).select(Number(count))
  return message[form] ?? message.other ?? ''
}

function fill(text: string, values: Record<string, string | number>, locale: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value
  })
}
