// The facts that are answered by the clock, as they are being typed, and what the desk would say now.
import type { FactsView, PlaceView, SeasonView } from '../../bindings/wire'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'
import { problemsOf } from './check'

export const emptySeason = (): SeasonView => ({ from: '', to: '', week: Array.from({ length: 7 }, () => []) })
export const emptyPlace = (): PlaceView => ({ names: [], phone: '', email: '', address: '', seasons: [], special_days: [], known_until: '' })

export class Facts {
  typed = $state<FactsView | null>(null)
  #kept = $state('')
  /** What was taken back last, while it can be brought back. */
  discarded = $state.raw<FactsView | null>(null)
  isSaved = $state(false)
  preview = $state<string | null>(null)
  isAsking = $state(false)
  work = new Work()
  problems = $derived(this.typed ? problemsOf(this.typed) : [])
  isChanged = $derived(this.typed !== null && JSON.stringify(this.typed) !== this.#kept)
  count = $derived(countFacts(this.typed))
  hasHours = $derived((this.typed?.places ?? []).some((place) => place.seasons.some((season) => season.week.some((day) => day.length > 0))))
  #host: Host
  #changed: () => void

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  async load(): Promise<void> {
    await this.work.run(async () => {
      const reply = await this.#host.manage({ do: 'facts' })
      if (reply.is !== 'facts') return
      const { time_zone, prices } = reply
      // The shop itself is always there to be filled in.
      const places = reply.places.length ? reply.places : [emptyPlace()]
      this.#keep(withoutMidnight({ time_zone, places, prices }))
    })
  }

  /** Saves everything at once; nothing is saved while something does not fit. */
  async save(): Promise<boolean> {
    const typed = this.typed
    if (!typed || this.problems.length) return false
    return this.work.run(async () => {
      const facts = $state.snapshot(typed)
      await this.#host.manage({ do: 'save_facts', ...facts })
      this.#keep(facts)
      this.discarded = null
      this.isSaved = true
      this.#changed()
    })
  }

  /** Takes back what was typed since it was saved. */
  discard(): void {
    if (!this.#kept || !this.typed) return
    this.discarded = $state.snapshot(this.typed)
    this.typed = JSON.parse(this.#kept) as FactsView
  }

  /** What was taken back by mistake is there again. */
  bringBack(): void {
    if (this.discarded) this.typed = this.discarded
    this.discarded = null
  }

  /** Asks as a visitor would, in a conversation that is forgotten at once. */
  async ask(question: string): Promise<void> {
    this.isAsking = true
    this.preview = null
    await this.work.run(async () => {
      const conversation = crypto.randomUUID()
      const reply = await this.#host.visit({ do: 'ask', ask_id: conversation, question, conversation })
      if (reply.is === 'turn') this.preview = reply.answer
      await this.#host.visit({ do: 'start_over', conversation: reply.is === 'turn' ? reply.conversation : conversation })
    })
    this.isAsking = false
  }

  #keep(facts: FactsView): void {
    this.#kept = JSON.stringify(facts)
    this.typed = JSON.parse(this.#kept) as FactsView
    this.isSaved = false
  }
}

/** A time field knows no 24:00; a span that closes at 00:00 ends at the same moment. */
function withoutMidnight(facts: FactsView): FactsView {
  const copy = JSON.parse(JSON.stringify(facts)) as FactsView
  for (const place of copy.places) {
    const spans = [...place.seasons.flatMap((season) => season.week.flat()), ...place.special_days.flatMap((day) => day.hours)]
    for (const span of spans) if (span.closes === '24:00') span.closes = '00:00'
  }
  return copy
}

/** Facts a visitor can ask for: ways to reach the shop, weeks, special days and prices. */
export function countFacts(facts: FactsView | null): number {
  if (!facts) return 0
  const ofPlace = (place: PlaceView) =>
    [place.phone, place.email, place.address].filter((text) => text.trim()).length +
    place.seasons.filter((season) => season.week.some((day) => day.length > 0)).length +
    place.special_days.length
  return facts.places.reduce((sum, place) => sum + ofPlace(place), 0) + facts.prices.length
}
