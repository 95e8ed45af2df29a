// The languages of the desk, and where the visitors' words of each are. English comes with the page; others when they are spoken.
import type { VisitorWords } from './i18n.svelte'

export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', locale: 'en-GB' },
  de: { name: 'Deutsch', direction: 'ltr', locale: 'de-DE' },
  fr: { name: 'Français', direction: 'ltr', locale: 'fr-FR' },
  es: { name: 'Español', direction: 'ltr', locale: 'es-ES' },
  it: { name: 'Italiano', direction: 'ltr', locale: 'it-IT' },
  nl: { name: 'Nederlands', direction: 'ltr', locale: 'nl-NL' },
  sv: { name: 'Svenska', direction: 'ltr', locale: 'sv-SE' },
  pl: { name: 'Polski', direction: 'ltr', locale: 'pl-PL' },
  pt: { name: 'Português', direction: 'ltr', locale: 'pt-PT' },
  tr: { name: 'Türkçe', direction: 'ltr', locale: 'tr-TR' },
  // Latin digits, so that numbers read the same as in the desk's documents.
  ar: { name: 'العربية', direction: 'rtl', locale: 'ar-u-nu-latn' },
  he: { name: 'עברית', direction: 'rtl', locale: 'he-IL' },
} as const

export type Language = keyof typeof LANGUAGES

export const LANGUAGE_IDS = Object.keys(LANGUAGES) as Language[]

type Load = () => Promise<{ visitor: VisitorWords }>

export const VISITOR_WORDS: Record<Exclude<Language, 'en'>, Load> = {
  de: () => import('./de/visitor'),
  fr: () => import('./fr/visitor'),
  es: () => import('./es/visitor'),
  it: () => import('./it/visitor'),
  nl: () => import('./nl/visitor'),
  sv: () => import('./sv/visitor'),
  pl: () => import('./pl/visitor'),
  pt: () => import('./pt/visitor'),
  tr: () => import('./tr/visitor'),
  ar: () => import('./ar/visitor'),
  he: () => import('./he/visitor'),
}
