// Questions the desk could not answer, gathered by meaning, and the way from one to an answer.
import type { GapClusterView, GapOutcome, GapStatus } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'

export type Written = { id: number; question: string; answer: string; alternatives: string[] }
export type GapDone = 'drafted' | 'published' | 'needsColleague' | 'dismissed' | 'reopened'

export class Gaps {
  clusters = $state.raw<GapClusterView[] | null>(null)
  openId = $state<number | null>(null)
  /** What visitors get now, after an answer was approved or the questions were asked again. */
  outcome = $state.raw<GapOutcome | null>(null)
  done = $state.raw<{ what: GapDone; id: number } | null>(null)
  work = new Work()
  waiting = $derived((this.clusters ?? []).filter((cluster) => cluster.status === 'open'))
  settled = $derived((this.clusters ?? []).filter((cluster) => cluster.status !== 'open'))
  opened = $derived((this.clusters ?? []).find((cluster) => cluster.id === this.openId) ?? null)
  #host: Host
  #changed: () => void

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  async load(): Promise<void> {
    await this.work.run(() => this.#look())
  }

  open(id: number): void {
    this.openId = id
    this.outcome = null
    this.done = null
  }

  close(): void {
    this.openId = null
    this.outcome = null
  }

  /** Saves a draft and, if wished, lets visitors see it at once. */
  async write(text: Written, publishes: boolean): Promise<boolean> {
    return this.#change(async () => {
      const { id, question, answer, alternatives } = text
      const { faq_id } = await askLearning(this.#host, 'drafted', { what: 'write_answer', id, question, answer, alternatives, by: '' })
      this.done = { what: 'drafted', id }
      if (publishes) await this.#approve(id, faq_id)
    })
  }

  async approve(cluster: GapClusterView): Promise<boolean> {
    return this.#change(async () => {
      if (cluster.faq_id !== null) await this.#approve(cluster.id, cluster.faq_id)
    })
  }

  async askAgain(id: number): Promise<boolean> {
    return this.#change(async () => {
      const { clusters } = await askLearning(this.#host, 'asked_again', { what: 'ask_gap_again', id })
      this.outcome = clusters[0] ?? null
    })
  }

  async setStatus(id: number, status: GapStatus): Promise<boolean> {
    return this.#change(async () => {
      await askLearning(this.#host, 'done', { what: 'set_gap_status', id, status })
      this.done = { what: status === 'open' ? 'reopened' : 'dismissed', id }
      if (status === 'ignored' && this.openId === id) this.close()
    })
  }

  async #approve(id: number, faqId: number): Promise<void> {
    try {
      const { clusters } = await askLearning(this.#host, 'asked_again', { what: 'approve_faq', id: faqId, by: '' })
      this.outcome = clusters.find((outcome) => outcome.id === id) ?? null
      this.done = { what: 'published', id }
    } catch (reason) {
      const error = toApiError(reason)
      // The draft is kept; it only needs somebody else's eyes.
      if (error.code !== 'invalid') throw error
      this.done = { what: 'needsColleague', id }
    }
  }

  async #look(): Promise<void> {
    this.clusters = (await askLearning(this.#host, 'inbox', { what: 'gap_inbox' })).clusters
  }

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    this.done = null
    const isDone = await this.work.run(async () => {
      await work()
      await this.#look()
    })
    if (isDone) this.#changed()
    return isDone
  }
}
