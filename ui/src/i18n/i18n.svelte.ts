// The words of the interface: `t('key', { n })`. A missing key or value does not compile.
import type { staff } from './en/staff'
import { visitor } from './en/visitor'
import { choose, fill, type Message } from './fill'
import { LANGUAGE_IDS, LANGUAGES, VISITOR_WORDS, type Language } from './languages'

export type VisitorWords = Record<keyof typeof visitor, Message>

type English = typeof visitor & typeof staff
export type Key = keyof English
type Words = Partial<Record<Key, Message>>
type Load = () => Promise<Words>

type Text<M> = M extends string ? M : M extends { other: infer O extends string } ? O : never
type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Values<K extends Key> = Record<Names<Text<English[K]>>, string | number>
type Arguments<K extends Key> = [Names<Text<English[K]>>] extends [never] ? [] : [values: Values<K>]

/** Every language a visitor may choose, each by its own name. */
export const languages = LANGUAGE_IDS.map((id) => ({ id, name: LANGUAGES[id].name }))

let english: Words = visitor
const known = new Map<Language, Words>()
const extra = new Map<Language, Load>()
let spoken: readonly Language[] = LANGUAGE_IDS
let current = $state<Language>('en')
let words = $state.raw<Words>({})
let wishes = 0

/** The language the interface speaks now. */
export function language(): Language {
  return current
}

/** More words for this window: those of English now, the others together with their language. */
export function learn(more: Words, others: Partial<Record<Language, Load>>): void {
  english = { ...english, ...more }
  for (const [id, load] of Object.entries(others)) extra.set(id as Language, load)
  known.clear()
}

/** Keeps this window to the languages that say all of it. */
export function speakOnly(ids: readonly Language[]): void {
  spoken = ids
}

/** The best language we have for a wish; an empty or unknown wish follows the computer. */
export function matchLanguage(wish: string, computer: string = navigator.language): Language {
  for (const tag of [wish, computer]) {
    const base = tag.toLowerCase().split(/[-_]/)[0] ?? ''
    const found = spoken.find((id) => id === base)
    if (found) return found
  }
  return 'en'
}

/** Speaks another language as soon as its words are here: at once where they are. The last wish wins. */
export async function speak(wish: string): Promise<void> {
  const wanted = matchLanguage(wish)
  const mine = ++wishes
  if (wanted === 'en' || known.has(wanted)) return use(wanted)
  const isHere = await fetchWords(wanted)
  if (mine === wishes) use(isHere ? wanted : 'en')
}

/** Brings the words of every language, so that each can be spoken at once. */
export async function fetchAllWords(): Promise<void> {
  await Promise.all(spoken.map(fetchWords))
}

export function t<K extends Key>(key: K, ...rest: Arguments<K>): string {
  const { direction, locale } = LANGUAGES[current]
  const values = (rest[0] ?? {}) as Record<string, string | number>
  const message = words[key] ?? english[key] ?? key
  return fill(choose(message, values['n'], locale), values, locale, direction)
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

function use(id: Language): void {
  current = id
  words = known.get(id) ?? {}
  document.documentElement.lang = id
  document.documentElement.dir = LANGUAGES[id].direction
}

async function fetchWords(id: Language): Promise<boolean> {
  if (id === 'en' || known.has(id)) return true
  try {
    const [{ visitor: shared }, more] = await Promise.all([VISITOR_WORDS[id](), extra.get(id)?.() ?? {}])
    known.set(id, { ...shared, ...more })
    return true
  } catch {
    return false
  }
}
