// What the desk did lately: the days that are looked at, and the newest answer.
import type { ApiError, InsightsView } from '../../bindings/wire'
import { askInsights } from '../../host/desk-parts'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

export const RANGES = [7, 30, 90] as const
export const MOST_MINUTES = 60
const USUAL_MINUTES = 3
const KEPT = 'frontdesk-minutes-each'
const PAUSE_MILLISECONDS = 250

export class Insights {
  days = $state<number>(30)
  /** Minutes that a person would have needed for one answer, as the reader thinks. */
  minutes = $state(keptMinutes())
  view = $state<InsightsView | null>(null)
  error = $state<ApiError | null>(null)
  #host: Host
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host) {
    this.#host = host
  }

  async look(): Promise<void> {
    clearTimeout(this.#timer)
    const number = ++this.#asked
    try {
      const view = await askInsights(this.#host, 'overview', { what: 'overview', days: this.days, minutes_each: this.minutes })
      if (number !== this.#asked) return
      this.view = view
      this.error = null
    } catch (reason) {
      if (number === this.#asked) this.error = toApiError(reason)
    }
  }

  setDays(days: number): void {
    this.days = days
    void this.look()
  }

  setMinutes(minutes: number): void {
    if (!Number.isFinite(minutes) || minutes < 0 || minutes > MOST_MINUTES) return
    this.minutes = minutes
    try {
      localStorage.setItem(KEPT, String(minutes))
    } catch {
      // A window that keeps nothing asks again next time.
    }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.look(), PAUSE_MILLISECONDS)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#asked++
  }
}

function keptMinutes(): number {
  try {
    const kept = Number(localStorage.getItem(KEPT) ?? USUAL_MINUTES)
    return Number.isFinite(kept) && kept >= 0 && kept <= MOST_MINUTES ? kept : USUAL_MINUTES
  } catch {
    return USUAL_MINUTES
  }
}
