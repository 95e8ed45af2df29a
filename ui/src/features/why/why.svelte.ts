// Why one answer came out as it did, and what staff can do about it.
import type { FaqView, Turn } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'
import { readStory, type Story } from './story'

const FOUND_ROWS = 50

export type WhyDone = 'pinned' | 'pinnedDraft' | 'forgotten' | 'retired' | 'testAdded' | 'watched' | 'undone'

export class WhyReader {
  turn = $state.raw<Turn | null>(null)
  story = $state.raw<Story | null>(null)
  done = $state.raw<{ what: WhyDone; undo?: () => Promise<unknown> } | null>(null)
  work = new Work()
  #host: Host
  #changed: () => void
  #opener: HTMLElement | null = null

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  async open(turn: Turn, opener: HTMLElement | null): Promise<void> {
    this.turn = turn
    this.story = null
    this.done = null
    this.#opener = opener
    await this.work.run(async () => {
      const why = await this.#host.manage({ do: 'why_turn', turn_id: turn.turn_id })
      // A slow reply must not replace the answer that was opened after it.
      if (why.is === 'why' && this.turn === turn) this.story = readStory(why.why)
    })
  }

  /** Closes the panel and puts the focus back where it came from. */
  close(): void {
    this.turn = null
    this.story = null
    const opener = this.#opener
    this.#opener = null
    if (opener?.isConnected) opener.focus()
  }

  /** Makes an approved answer of it; where somebody else must approve, a draft. */
  async pin(question: string, answer: string): Promise<boolean> {
    return this.#change(async () => {
      const draft = { what: 'draft_faq', question, answer, alternatives: [], valid_until: null, review_by: null, by: '' } as const
      const { faq_id } = await askLearning(this.#host, 'drafted', { ...draft, alternatives: [] })
      const undo = () => askLearning(this.#host, 'done', { what: 'retire_faq', id: faq_id, by: '' })
      try {
        await askLearning(this.#host, 'asked_again', { what: 'approve_faq', id: faq_id, by: '' })
        this.done = { what: 'pinned', undo }
      } catch (reason) {
        const error = toApiError(reason)
        if (error.code !== 'invalid') throw error
        this.done = { what: 'pinnedDraft', undo }
      }
    })
  }

  /** Removes what was kept of it: the next such question is answered anew. */
  async forget(turnId: number): Promise<boolean> {
    return this.#change(async () => {
      await this.#host.manage({ do: 'forget_answer', turn_id: turnId })
      this.done = { what: 'forgotten' }
    })
  }

  /** Takes the approved answer back that was shown. */
  async retire(question: string): Promise<boolean> {
    return this.#change(async () => {
      const faq = await this.#find(question)
      if (!faq) throw { code: 'not_found', message: 'the approved answer is not there any more', hint: null }
      await askLearning(this.#host, 'done', { what: 'retire_faq', id: faq.id, by: '' })
      this.done = { what: 'retired', undo: () => askLearning(this.#host, 'asked_again', { what: 'approve_faq', id: faq.id, by: '' }) }
    })
  }

  /** The question becomes a test with what came of it. */
  async addTest(turnId: number): Promise<boolean> {
    return this.#change(async () => {
      const { ids } = await askLearning(this.#host, 'saved', { what: 'test_from_turn', turn_id: turnId })
      this.done = { what: 'testAdded', undo: () => this.#removeTests(ids) }
    })
  }

  /** The test bench turns red whenever these words come again. */
  async watch(question: string, words: string): Promise<boolean> {
    return this.#change(async () => {
      const test = { id: 0, name: '', kind: 'never', question, must_refuse: false, route: null, source: null, faq_id: null, gold: [], must_not: [words] }
      const { ids } = await askLearning(this.#host, 'saved', { what: 'save_test_case', case: test })
      this.done = { what: 'watched', undo: () => this.#removeTests(ids) }
    })
  }

  async undo(): Promise<void> {
    const undo = this.done?.undo
    if (!undo) return
    await this.#change(async () => {
      await undo()
      this.done = { what: 'undone' }
    })
  }

  async #find(question: string): Promise<FaqView | undefined> {
    const reply = await this.#host.manage({ do: 'faqs', contains: question, offset: 0, limit: FOUND_ROWS })
    return reply.is === 'faqs' ? reply.faqs.find((faq) => faq.question === question && faq.status === 'approved') : undefined
  }

  #removeTests(ids: number[]): Promise<unknown> {
    return Promise.all(ids.map((id) => askLearning(this.#host, 'done', { what: 'remove_test_case', id })))
  }

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    this.done = null
    const isDone = await this.work.run(work)
    if (isDone) this.#changed()
    return isDone
  }
}
