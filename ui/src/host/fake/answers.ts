// The answers of the fake desk with their histories, drafts and versions.
import type { FaqDetailView, FaqEditView, FaqStatus, FaqView, FindingView, RevisionView, SourceView, VersionView } from '../../bindings/wire'
import { apiError } from '../errors'

const NOW = 1_795_300_000
const DAY_SECONDS = 86_400

const FAQS: FaqView[] = [
  { id: 1, question: 'When do you open?', answer: 'We open Monday to Saturday from 9:00 to 18:00.', alternatives: ['What are your opening hours?'], status: 'approved', waits: false, used: 412 },
  { id: 2, question: 'Can I pay by card?', answer: 'Yes, we take all usual cards, and cash.', alternatives: [], status: 'approved', waits: false, used: 88 },
  { id: 3, question: 'Do you ship to Norway?', answer: 'We ship to Norway by post; it takes 6 to 9 working days.', alternatives: [], status: 'draft', waits: false, used: 0 },
  { id: 4, question: 'Is there a Christmas market?', answer: 'There was one in 2023.', alternatives: [], status: 'retired', waits: false, used: 3 },
]
const FINDINGS: FindingView[] = [
  { kind: 'contradiction', message: '“We open Monday to Saturday from 9:00” and “open from 10:00 on weekdays” give different hours.', hint: 'Decide which one is right and change the other.', keys: ['faq:1', 'source:2'] },
  { kind: 'no_expiry', message: '“Can I pay by card?” states prices or hours, and nobody is asked to check it.', hint: 'Give it a day on which somebody reads it again.', keys: ['faq:2'] },
]

type Text = Pick<FaqView, 'question' | 'answer' | 'alternatives'>
type Dates = { valid_until: number | null; review_by: number | null }

export class FakeAnswers {
  faqs: FaqView[]
  versions: VersionView[] = []
  /** Somebody else must approve what one person wrote. */
  needsSecondPerson = false
  #history = new Map<number, RevisionView[]>()
  #waiting = new Map<number, FaqEditView>()
  #dates = new Map<number, Dates>()
  #kept = new Map<number, { faqs: FaqView[]; sources: SourceView[] }>()
  #revision = 0
  #seconds = NOW

  constructor(count: number | undefined, isEmpty: boolean | undefined) {
    this.faqs = isEmpty ? [] : structuredClone(FAQS)
    for (let id = this.faqs.length + 1; id <= (count ?? 0); id += 1) {
      const status = id % 17 === 0 ? 'draft' : 'approved'
      this.faqs.push({ id, question: `Question number ${id}: is article ${id} in stock?`, answer: `Article ${id} is on shelf ${id % 90}.`, alternatives: [], status, waits: false, used: (id * 7) % 400 })
    }
  }

  find(contains: string, offset: number, limit: number) {
    const wanted = contains.toLowerCase()
    const found = this.faqs.filter((faq) => `${faq.question} ${faq.answer}`.toLowerCase().includes(wanted))
    return { faqs: structuredClone(found.slice(offset, offset + limit)), total: found.length }
  }

  draft(text: Text, dates: Dates = { valid_until: null, review_by: null }): number {
    const id = Math.max(0, ...this.faqs.map((faq) => faq.id)) + 1
    const faq: FaqView = { id, ...structuredClone(text), status: 'draft', waits: false, used: 0 }
    this.faqs.unshift(faq)
    this.#dates.set(id, dates)
    this.#note(faq, 'added')
    return id
  }

  edit(id: number, text: Text, dates: Dates): boolean {
    const faq = this.faq(id)
    if (!text.question.trim() || !text.answer.trim()) throw apiError('invalid', 'a question and an answer are needed', 'Fill in both the question and the answer.')
    this.#dates.set(id, dates)
    if (faq.status === 'approved') {
      this.#wait(faq, { ...structuredClone(text), by: 'staff' })
      return true
    }
    Object.assign(faq, structuredClone(text))
    this.#note(faq, 'edited')
    return false
  }

  approve(id: number): void {
    const faq = this.faq(id)
    if (this.needsSecondPerson) throw apiError('invalid', 'staff wrote this text and cannot approve it', 'Ask a colleague to read and approve it, or let one person approve in the settings.')
    const waiting = this.#waiting.get(id)
    if (waiting) Object.assign(faq, { question: waiting.question, answer: waiting.answer, alternatives: waiting.alternatives })
    this.#waiting.delete(id)
    faq.waits = false
    faq.status = 'approved'
    this.#note(faq, 'approved')
  }

  setStatus(id: number, status: FaqStatus): void {
    if (status === 'approved') return this.approve(id)
    const faq = this.faq(id)
    faq.status = status
    this.#note(faq, status === 'retired' ? 'retired' : 'back to draft')
  }

  restore(revision: number): boolean {
    const [id, found] = [...this.#history].flatMap(([faq, history]) => history.filter((one) => one.id === revision).map((one) => [faq, one] as const))[0] ?? []
    if (id === undefined || !found) throw apiError('not_found', `no revision ${revision}`)
    const { question, answer, alternatives } = found
    const faq = this.faq(id)
    if (faq.status === 'approved' && found.status !== 'approved') {
      this.#wait(faq, { question, answer, alternatives, by: 'staff' })
      return true
    }
    Object.assign(faq, { question, answer, alternatives })
    this.#note(faq, 'restored')
    return false
  }

  detail(id: number): FaqDetailView {
    const faq = this.faq(id)
    if (!this.#history.has(id)) this.#note(faq, 'added')
    const dates = this.#dates.get(id) ?? { valid_until: null, review_by: null }
    return structuredClone({ faq, ...dates, changed_by: 'staff', waiting: this.#waiting.get(id) ?? null, history: this.#history.get(id) ?? [] })
  }

  findings(): FindingView[] {
    return this.faqs.length ? structuredClone(FINDINGS) : []
  }

  keep(name: string, sources: SourceView[], runId: number | null): VersionView {
    const id = this.versions.length + 1
    const faqs = this.faqs.filter((faq) => faq.status === 'approved').length
    const version: VersionView = { id, name, at: (this.#seconds += 60), by: 'staff', kb_version: 12 + id, faqs, sources: sources.length, run_id: runId }
    this.versions.unshift(version)
    this.#kept.set(id, structuredClone({ faqs: this.faqs, sources }))
    return structuredClone(version)
  }

  /** Gives the sources of that version back. */
  rollBack(id: number, sources: SourceView[]): SourceView[] {
    const kept = this.#kept.get(id)
    const version = this.versions.find((one) => one.id === id)
    if (!kept || !version) throw apiError('not_found', `no version ${id}`)
    this.keep(`before going back to ${version.name}`, sources, null)
    this.faqs = structuredClone(kept.faqs)
    return structuredClone(kept.sources)
  }

  faq(id: number): FaqView {
    const faq = this.faqs.find((one) => one.id === id)
    if (!faq) throw apiError('not_found', `no answer ${id}`)
    return faq
  }

  #wait(faq: FaqView, edit: FaqEditView): void {
    this.#waiting.set(faq.id, edit)
    faq.waits = true
  }

  #note(faq: FaqView, what: string): void {
    const history = this.#history.get(faq.id) ?? []
    const before = what === 'added' ? NOW - 30 * DAY_SECONDS : (this.#seconds += 60)
    // What a fresh desk knows was written before anybody looked.
    if (!history.length && what !== 'added') history.push(this.#revisionOf(faq, 'added', NOW - 30 * DAY_SECONDS))
    history.unshift(this.#revisionOf(faq, what, before))
    this.#history.set(faq.id, history)
  }

  #revisionOf(faq: FaqView, what: string, at: number): RevisionView {
    const { question, answer, alternatives, status } = structuredClone(faq)
    return { id: (this.#revision += 1), at, by: 'staff', what, question, answer, alternatives, status }
  }
}
