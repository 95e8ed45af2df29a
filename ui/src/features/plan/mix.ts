// Shares of what visitors ask: whole percents in the form, fractions that add up to 1 on the wire.
import type { MixView } from '../../bindings/wire'

export const ROUTES = ['faq', 'order', 'cache', 'generated'] as const
export type Percents = Record<(typeof ROUTES)[number], number>

/** Scales any percents to 1. Where nothing is left of them, everything is an approved answer. */
export function mixOf(percents: Percents): MixView {
  const counted = ROUTES.map((route) => Math.max(0, Number.isFinite(percents[route]) ? percents[route] : 0))
  const sum = counted.reduce((all, one) => all + one, 0)
  if (sum === 0) return { faq: 1, order: 0, cache: 0, generated: 0 }
  const [faq = 0, order = 0, cache = 0, generated = 0] = counted.map((one) => one / sum)
  return { faq, order, cache, generated }
}

/** Whole percents that add up to 100: what rounding takes, the largest remainders get back. */
export function percentsOf(mix: MixView): Percents {
  const parts = ROUTES.map((route) => ({ route, exact: mix[route] * 100, whole: Math.floor(mix[route] * 100 + 1e-9) }))
  let left = 100 - parts.reduce((sum, part) => sum + part.whole, 0)
  for (const part of [...parts].sort((a, b) => b.exact - b.whole - (a.exact - a.whole))) {
    if (left-- > 0) part.whole++
  }
  return Object.fromEntries(parts.map(({ route, whole }) => [route, whole])) as Percents
}
