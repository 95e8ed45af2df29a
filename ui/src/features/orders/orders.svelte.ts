// Where orders come from: the list, a draft that is being made, and a try.
import type { ApiError, OrderProposal, OrderReply, OrderSourceView, StaffCommand, StaffReply } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'
import { pairsOf, type Draft } from './mapping'

const NOTHING_CHOSEN: Draft = { fields: [], sentences: {}, hours: 72, number: '', proof: '' }

type Work = 'list' | 'look' | 'activate' | 'try' | 'unlock'

export class OrdersDesk {
  sources = $state<OrderSourceView[] | null>(null)
  /** What is being set up; `null` while nothing is. */
  proposal = $state<OrderProposal | null>(null)
  draft = $state<Draft>(NOTHING_CHOSEN)
  /** Orders that can be asked for since the last setting up; -1 for a database. */
  added = $state<number | null>(null)
  warnings = $state<string[]>([])
  /** What went last, as long as it can come back: a file is still there, the password of a database is not. */
  removed = $state.raw<OrderSourceView | null>(null)
  tried = $state<OrderReply | null>(null)
  unlocked = $state<string | null>(null)
  working = $state<Work | null>(null)
  failed = $state<{ at: Work; error: ApiError } | null>(null)
  readonly canChoose: boolean
  #host: Host

  constructor(host: Host) {
    this.#host = host
    this.canChoose = host.capabilities.chooseFiles
  }

  async list(): Promise<void> {
    const reply = await this.#manage('list', { do: 'order_sources' }, 'order_sources')
    if (reply) this.sources = reply.sources
  }

  /** Looks at a table; without a place the person picks a file. */
  async look(from = ''): Promise<void> {
    this.added = null
    this.removed = null
    const proposal = await this.#manage('look', { do: 'propose_orders', from }, 'order_proposal')
    if (!proposal) {
      // Picking no file is no failure.
      if (this.failed?.error.code === 'cancelled') this.failed = null
      return
    }
    this.proposal = proposal
    this.draft = { ...NOTHING_CHOSEN, sentences: {}, fields: proposal.columns.map(({ field }) => field ?? '') }
  }

  /** A field stands for one column: the one chosen last. */
  choose(column: number, field: string): void {
    this.draft.fields = this.draft.fields.map((before, at) => (at === column ? field : field && before === field ? '' : before))
  }

  leave(): void {
    this.proposal = null
    this.failed = null
  }

  async activate(): Promise<void> {
    const { proposal, draft } = this
    if (!proposal) return
    const sentences = Object.entries(draft.sentences).filter(([, sentence]) => sentence.trim())
    const example = draft.number.trim() && draft.proof.trim() ? { example_number: draft.number, example_proof: draft.proof } : {}
    const done = await this.#activate({
      do: 'activate_orders',
      from: proposal.from,
      map: pairsOf(proposal, draft),
      sentences: sentences.map(([code, sentence]) => `${code}=${sentence.trim()}`),
      max_age_hours: draft.hours,
      ...example,
    })
    if (done) this.leave()
  }

  /** Reads a file again that is set up already. */
  async readAgain(source: OrderSourceView): Promise<void> {
    await this.#activate({ do: 'activate_orders', from: source.place, map: [], sentences: [], max_age_hours: source.max_age_hours })
  }

  async remove(source: OrderSourceView): Promise<void> {
    this.added = null
    if (!(await this.#manage('list', { do: 'remove_order_source', id: source.id }, 'done'))) return
    this.removed = source.kind === 'file' ? source : null
    await this.list()
  }

  /** Reads the file again with the columns as they were; sentences of the shop's own are asked for where they are missing. */
  async bringBack(): Promise<void> {
    const { removed } = this
    if (!removed) return
    const { place, map, max_age_hours } = removed
    if (await this.#activate({ do: 'activate_orders', from: place, map, sentences: [], max_age_hours })) this.removed = null
  }

  async try(number: string, proof: string): Promise<void> {
    this.tried = null
    this.working = 'try'
    try {
      const reply = await this.#host.visit({ do: 'verify_order', number, proof })
      if (reply.is === 'order') this.tried = reply
      this.failed = null
    } catch (reason) {
      this.failed = { at: 'try', error: toApiError(reason) }
    }
    this.working = null
  }

  async unlock(number: string): Promise<void> {
    this.unlocked = null
    if (await this.#manage('unlock', { do: 'unlock_order', number }, 'done')) this.unlocked = number
  }

  async #activate(command: StaffCommand & { do: 'activate_orders' }): Promise<boolean> {
    const reply = await this.#manage('activate', command, 'orders_active')
    if (!reply) return false
    if (reply.report.error) {
      this.failed = { at: 'activate', error: reply.report.error }
      return false
    }
    this.warnings = reply.report.warnings
    this.added = command.from.includes('#') ? -1 : reply.report.orders
    await this.list()
    return true
  }

  async #manage<K extends StaffReply['is']>(at: Work, command: StaffCommand, is: K): Promise<Extract<StaffReply, { is: K }> | null> {
    this.working = at
    try {
      const reply = await this.#host.manage(command)
      if (reply.is !== is) throw apiError('internal', `the desk answered ${command.do} with something else`)
      this.failed = null
      return reply as Extract<StaffReply, { is: K }>
    } catch (reason) {
      this.failed = { at, error: toApiError(reason) }
      return null
    } finally {
      this.working = null
    }
  }
}
