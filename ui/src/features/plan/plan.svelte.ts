// How many visitors this computer serves: the question as it is typed, and the newest answer.
import type { ApiError, PlanRequest, PlanView } from '../../bindings/wire'
import { askComputer } from '../../host/computer'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'
import { mixOf, percentsOf, type Percents } from './mix'

const PAUSE_MILLISECONDS = 250
export const WITHIN_SECONDS = [2, 3, 5, 10, 15, 30]
export const MOST_VISITORS = 100_000

export class Planner {
  visitors = $state(20)
  within = $state(5)
  /** Shares that staff typed; `null` leaves them to the desk. */
  shares = $state<Percents | null>(null)
  view = $state<PlanView | null>(null)
  /** The visitors the plan on the page is for, which may be older than what is typed. */
  planned = $state(20)
  isWorking = $state(false)
  error = $state<ApiError | null>(null)
  readonly canSave: boolean
  #host: Host
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  constructor(host: Host) {
    this.#host = host
    this.canSave = host.capabilities.saveFiles
  }

  request(): PlanRequest {
    const request: PlanRequest = { users_per_minute: this.visitors, within_seconds: this.within }
    return this.shares ? { ...request, mix: mixOf(this.shares) } : request
  }

  /** Plans a moment after the last change, so that typing does not pile up work. */
  planSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.plan(), PAUSE_MILLISECONDS)
  }

  /** Plans now. An answer that a newer question has overtaken is dropped. */
  async plan(): Promise<void> {
    clearTimeout(this.#timer)
    const number = ++this.#asked
    const visitors = this.visitors
    this.isWorking = true
    try {
      const view = await askComputer(this.#host, 'plan', { what: 'plan', ...this.request() })
      if (number !== this.#asked) return
      this.view = view
      this.planned = visitors
      this.error = null
    } catch (reason) {
      if (number === this.#asked) this.error = toApiError(reason)
    }
    if (number === this.#asked) this.isWorking = false
  }

  /** Takes the shares into staff's own hands, as they are now; or gives them back. */
  setOwnShares(own: boolean): void {
    const mix = this.view?.mix ?? { faq: 0.6, order: 0.25, cache: 0, generated: 0.15 }
    this.shares = own ? percentsOf(mix) : null
    this.planSoon()
  }

  /** The plan as a page of its own; `null` when it could not be had. */
  async page(): Promise<string | null> {
    try {
      this.error = null
      return (await askComputer(this.#host, 'text', { what: 'plan_page', ...this.request() })).text
    } catch (reason) {
      this.error = toApiError(reason)
      return null
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#asked++
    this.isWorking = false
  }
}
