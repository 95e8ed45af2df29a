// The words of this feature for what the core names by a code.
import type { Route } from '../../bindings/wire'
import { t } from '../../i18n/i18n.svelte'
import type { IconName } from '../../shared/icon-shapes'

export const ROUTES: Route[] = ['faq', 'quote', 'documents', 'cache', 'order', 'did_you_mean', 'refused', 'handoff', 'smalltalk', 'blocked']

export const ROUTE_ICONS: Record<Route, IconName> = {
  smalltalk: 'chat',
  faq: 'check',
  quote: 'quote',
  documents: 'pen',
  cache: 'again',
  order: 'box',
  did_you_mean: 'question',
  refused: 'search',
  handoff: 'person',
  blocked: 'block',
}

const REASONS = ['asked', 'button', 'refused_twice', 'complaint', 'emergency', 'order_locked'] as const

export function reasonWords(reason: string): string {
  const known = REASONS.find((one) => one === reason)
  return t(known ? `visitors.reason.${known}` : 'visitors.reason.asked')
}

/** Unix seconds as the moment that `formatMoment` reads. */
export function momentOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString()
}

/** The name of a language in the reader's own; the code itself where the browser does not know it. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
