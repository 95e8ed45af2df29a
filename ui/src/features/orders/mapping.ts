// Which column holds what, as it is chosen on the page, and what is still missing.
import type { OrderProposal } from '../../bindings/wire'
import { language, t } from '../../i18n/i18n.svelte'

export const PROOFS = ['email', 'postcode', 'phone', 'last_name'] as const
export const SHOWN = ['status', 'ordered_on', 'shipped_on', 'expected_on', 'delivered_on', 'carrier', 'items'] as const
export const FIELDS = ['number', ...PROOFS, ...SHOWN] as const

export type Draft = {
  /** For each column the field it holds; empty for none. */
  fields: string[]
  /** What to say for a code of the shop. */
  sentences: Record<string, string>
  hours: number
  number: string
  proof: string
}

export type Missing = 'number' | 'proof' | 'shown'

/** The first thing that is missing before visitors can ask. */
export function missing(fields: string[]): Missing | null {
  if (fields.filter((field) => field === 'number').length !== 1) return 'number'
  if (!PROOFS.some((proof) => fields.includes(proof))) return 'proof'
  if (!SHOWN.some((shown) => fields.includes(shown))) return 'shown'
  return null
}

/** Names are easy to guess; with nothing else to prove it, that should be said. */
export function isWeak(fields: string[]): boolean {
  return fields.includes('last_name') && !PROOFS.some((proof) => proof !== 'last_name' && fields.includes(proof))
}

export function pairsOf(proposal: OrderProposal, draft: Draft): string[] {
  const pairs = proposal.columns.map(({ column }, at) => [column, draft.fields[at] ?? ''] as const)
  return pairs.filter(([, field]) => field).map(([column, field]) => `${column}=${field}`)
}

/** The ways to prove that an order is one's own, in words. */
export function proofsInWords(fields: string[]): string {
  const words = PROOFS.filter((proof) => fields.includes(proof)).map((proof) => t(`orders.proof.${proof}`))
  return new Intl.ListFormat(language(), { type: 'disjunction' }).format(words)
}

export function shownInWords(fields: string[]): string {
  const words = SHOWN.filter((shown) => fields.includes(shown)).map((shown) => t(`orders.field.${shown}`))
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(words)
}

/** The fields of a mapping that is live, written `column=field`. */
export function fieldsOf(map: string[]): string[] {
  return map.map((pair) => pair.slice(pair.lastIndexOf('=') + 1))
}
