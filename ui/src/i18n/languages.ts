// The languages of the desk, and where the visitors' words of each are. English comes with the page; others when they are spoken.
import type { VisitorWords } from './i18n.svelte'

export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB' },
  // Latin digits, so that numbers read the same as in the desk's documents.
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar-u-nu-latn' },
} as const

export type Language = keyof typeof LANGUAGES

export const LANGUAGE_IDS = Object.keys(LANGUAGES) as Language[]

type Load = () => Promise<{ visitor: VisitorWords }>

export const VISITOR_WORDS: Record<Exclude<Language, 'en'>, Load> = {
  ar: () => import('./ar/visitor'),
}
