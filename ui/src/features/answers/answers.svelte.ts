// Every answer of the desk, and the ways to change it. Thousands of rows are held; few are drawn.
import type { ApiError, FaqDetailView, FaqStatus, FaqView } from '../../bindings/wire'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'

const PAGE_ROWS = 500

export type StateFilter = 'all' | 'waits' | FaqStatus
export type AnswerText = Pick<FaqView, 'question' | 'answer' | 'alternatives'> & { valid_until: number | null; review_by: number | null }
/** What was just done, and how to take it back. */
export type Done = { what: 'approved' | 'retired' | 'drafted' | 'changed' | 'waits' | 'restored' | 'undone' | 'testAdded'; undo?: () => Promise<unknown> }

export class Answers {
  rows = $state.raw<FaqView[] | null>(null)
  contains = $state('')
  filter = $state<StateFilter>('all')
  detail = $state.raw<FaqDetailView | null>(null)
  /** The answer that is open beside the list; 0 for a new one. */
  openId = $state<number | null>(null)
  done = $state.raw<Done | null>(null)
  isLoading = $state(false)
  work = new Work()
  shown = $derived((this.rows ?? []).filter((faq) => isIn(this.filter, faq)))
  counts = $derived(countStates(this.rows ?? []))
  #host: Host
  #changed: () => void
  #loads = 0

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  get error(): ApiError | null {
    return this.work.error
  }

  /** Reads page after page; the first is shown while the others come. */
  async load(): Promise<void> {
    const mine = ++this.#loads
    const contains = this.contains
    this.isLoading = true
    await this.work.run(async () => {
      let rows: FaqView[] = []
      for (let total = 1; rows.length < total; ) {
        const reply = await this.#host.manage({ do: 'faqs', contains, offset: rows.length, limit: PAGE_ROWS })
        // Typing goes on while a reply is under way; only the newest search counts.
        if (reply.is !== 'faqs' || mine !== this.#loads) return
        rows = [...rows, ...reply.faqs]
        total = reply.faqs.length ? reply.total : 0
        this.rows = rows
      }
    })
    if (mine === this.#loads) this.isLoading = false
  }

  async search(contains: string): Promise<void> {
    this.contains = contains
    await this.load()
  }

  async open(id: number): Promise<void> {
    this.openId = id
    this.detail = null
    await this.work.run(() => this.#look(id))
  }

  write(): void {
    this.openId = 0
    this.detail = null
  }

  close(): void {
    this.openId = null
    this.detail = null
  }

  /** Changes one part of an answer where it stands. */
  async edit(faq: FaqView, change: Partial<Pick<FaqView, 'question' | 'answer'>>): Promise<boolean> {
    return this.#change(async () => {
      const { detail } = await this.#detail(faq.id)
      // A text that waits already is what staff see as theirs; its other parts must stay.
      const { question, answer, alternatives } = detail.waiting ?? detail.faq
      const { valid_until, review_by } = detail
      await this.#edit(faq.id, { question, answer, alternatives, valid_until, review_by, ...change })
    })
  }

  /** Saves the form beside the list; gives the answer's number. */
  async save(id: number, text: AnswerText): Promise<boolean> {
    return this.#change(async () => {
      if (id !== 0) return this.#edit(id, text)
      const { faq_id } = await askLearning(this.#host, 'drafted', { what: 'draft_faq', ...text, by: '' })
      const faq: FaqView = { id: faq_id, status: 'draft', question: text.question, answer: text.answer, alternatives: text.alternatives, waits: false, used: 0 }
      this.rows = [faq, ...(this.rows ?? [])]
      this.openId = faq_id
      await this.#look(faq_id)
      this.done = { what: 'drafted', undo: () => this.#setStatus(faq_id, 'retired') }
    })
  }

  async approve(id: number): Promise<boolean> {
    return this.#change(async () => {
      const before = await this.#detail(id)
      const revision = before.detail.history[0]?.id
      const hadText = before.detail.waiting && before.detail.faq.status === 'approved'
      await askLearning(this.#host, 'asked_again', { what: 'approve_faq', id, by: '' })
      await this.#look(id)
      const undo = hadText && revision ? () => this.#restore(id, revision) : () => this.#setStatus(id, 'draft')
      this.done = { what: 'approved', undo }
    })
  }

  async retire(id: number): Promise<boolean> {
    return this.#change(async () => {
      const before = this.rows?.find((faq) => faq.id === id)?.status ?? 'draft'
      await askLearning(this.#host, 'done', { what: 'retire_faq', id, by: '' })
      await this.#look(id)
      this.done = { what: 'retired', undo: () => this.#setStatus(id, before) }
    })
  }

  async restore(id: number, revision: number): Promise<boolean> {
    return this.#change(async () => {
      const waits = await this.#restore(id, revision)
      this.done = { what: waits ? 'waits' : 'restored' }
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

  /** Adds the question to the test bench: it should go on getting this answer. */
  async addTest(faq: FaqView): Promise<boolean> {
    return this.#change(async () => {
      const { id: faq_id, question } = faq
      const test = { id: 0, name: '', kind: 'answer', question, must_refuse: false, route: null, source: null, faq_id, gold: [], must_not: [] }
      const { ids } = await askLearning(this.#host, 'saved', { what: 'save_test_case', case: test })
      const undo = async () => Promise.all(ids.map((id) => askLearning(this.#host, 'done', { what: 'remove_test_case', id })))
      this.done = { what: 'testAdded', undo }
    })
  }

  async #edit(id: number, text: AnswerText): Promise<void> {
    const before = this.rows?.find((faq) => faq.id === id)
    const { waits } = await askLearning(this.#host, 'edited', { what: 'edit_faq', id, ...text, by: '' })
    const history = await this.#look(id)
    const revision = history[1]?.id
    const canGoBack = !waits && revision !== undefined && before !== undefined
    this.done = { what: waits ? 'waits' : 'changed', ...(canGoBack ? { undo: () => this.#restore(id, revision) } : {}) }
  }

  async #restore(id: number, revision: number): Promise<boolean> {
    const { waits } = await askLearning(this.#host, 'edited', { what: 'restore_faq', revision, by: '' })
    await this.#look(id)
    return waits
  }

  async #setStatus(id: number, status: FaqStatus): Promise<void> {
    if (status === 'approved') await askLearning(this.#host, 'asked_again', { what: 'approve_faq', id, by: '' })
    else if (status === 'retired') await askLearning(this.#host, 'done', { what: 'retire_faq', id, by: '' })
    else await this.#host.manage({ do: 'set_faq_status', id, status })
    await this.#look(id)
  }

  async #detail(id: number) {
    const detail = await askLearning(this.#host, 'faq', { what: 'faq_history', id })
    return { detail }
  }

  /** Reads one answer anew and puts it into its row. */
  async #look(id: number) {
    const { detail } = await this.#detail(id)
    this.rows = (this.rows ?? []).map((faq) => (faq.id === id ? detail.faq : faq))
    if (this.openId === id) this.detail = detail
    return detail.history
  }

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    this.done = null
    const isDone = await this.work.run(work)
    if (isDone) this.#changed()
    return isDone
  }
}

function isIn(filter: StateFilter, faq: FaqView): boolean {
  return filter === 'all' || (filter === 'waits' ? faq.waits : faq.status === filter)
}

function countStates(rows: FaqView[]): Record<StateFilter, number> {
  const counts = { all: rows.length, waits: 0, draft: 0, approved: 0, retired: 0 }
  for (const faq of rows) {
    counts[faq.status] += 1
    if (faq.waits) counts.waits += 1
  }
  return counts
}
