// What the fake desk learns: gaps, the test bench, and every command around answers and versions.
import type { GapClusterView, GapOutcome, LearningCommand, LearningReply, SourceView, TestCaseView, TestResultView, TestRunView } from '../../bindings/wire'
import { apiError } from '../errors'
import type { FakeAnswers } from './answers'

const NOW = 1_795_300_000

function gap(id: number, count: number, label: string, ...others: string[]): GapClusterView {
  const wordings = [label, ...others].map((question, at) => ({ question, count: at === 0 ? count - others.length : 1, last_at: NOW }))
  return { id, label, status: 'open', faq_id: null, count, first_at: NOW - 800_000, last_at: NOW - id * 70_000, reasons: { refused: count, asked_back: 0, unhelpful: 0, handed_over: id === 1 ? 1 : 0 }, wordings }
}
const GAPS = [
  gap(1, 7, 'Is there parking for a camper?', 'Where can I park my camper van?', 'parking for campers'),
  gap(2, 3, 'Do you sell gift cards?', 'Can I buy a voucher?'),
  gap(3, 1, 'May I bring my dog?'),
]
const blank: TestCaseView = { id: 0, name: '', kind: 'staff', question: '', must_refuse: false, route: null, source: null, faq_id: null, gold: [], must_not: [] }
const CASES: TestCaseView[] = [
  { ...blank, id: 1, question: 'When do you open?', faq_id: 1, source: 'faq' },
  { ...blank, id: 2, question: 'Can I return worn boots?', source: 'returns.md', gold: ['cannot be returned'] },
  { ...blank, id: 3, question: 'What is the weather on the moon?', must_refuse: true },
]

/** The sources belong to the office; versions keep and return them. */
export type Shelf = { sources: SourceView[] }

export class FakeLearning {
  clusters: GapClusterView[]
  cases: TestCaseView[]
  runs: TestRunView[] = []
  #answers: FakeAnswers
  #shelf: Shelf

  constructor(answers: FakeAnswers, shelf: Shelf, isEmpty: boolean | undefined) {
    this.#answers = answers
    this.#shelf = shelf
    this.clusters = isEmpty ? [] : structuredClone(GAPS)
    this.cases = isEmpty ? [] : structuredClone(CASES)
    if (this.cases.length) this.#run('publishing')
  }

  answer(command: LearningCommand): LearningReply {
    switch (command.what) {
      case 'gap_inbox':
        return { of: 'inbox', clusters: structuredClone(this.clusters) }
      case 'write_answer': {
        const cluster = this.#cluster(command.id)
        const alternatives = command.alternatives ?? cluster.wordings.slice(1).map((wording) => wording.question)
        cluster.faq_id = this.#answers.draft({ question: command.question ?? cluster.label, answer: command.answer, alternatives })
        return { of: 'drafted', faq_id: cluster.faq_id, alternatives }
      }
      case 'set_gap_status':
        this.#cluster(command.id).status = command.status
        return { of: 'done' }
      case 'ask_gap_again':
        return { of: 'asked_again', clusters: [this.#askAgain(this.#cluster(command.id))] }
      case 'draft_faq': {
        const { question, answer, alternatives, valid_until, review_by } = command
        return { of: 'drafted', faq_id: this.#answers.draft({ question, answer, alternatives }, { valid_until, review_by }), alternatives }
      }
      case 'edit_faq': {
        const { id, question, answer, alternatives, valid_until, review_by } = command
        return { of: 'edited', waits: this.#answers.edit(id, { question, answer, alternatives }, { valid_until, review_by }) }
      }
      case 'approve_faq': {
        this.#answers.approve(command.id)
        const clusters = this.clusters.filter((cluster) => cluster.faq_id === command.id)
        return { of: 'asked_again', clusters: clusters.map((cluster) => this.#askAgain(cluster)) }
      }
      case 'retire_faq':
        this.#answers.setStatus(command.id, 'retired')
        return { of: 'done' }
      case 'set_review':
        return { of: 'done' }
      case 'faq_history':
        return { of: 'faq', ...this.#answers.detail(command.id) }
      case 'restore_faq':
        return { of: 'edited', waits: this.#answers.restore(command.revision) }
      case 'publish': {
        const run = this.#run('publishing')
        if (run && run.passed < run.asked && !command.anyway) return { of: 'published', version: null, run }
        return { of: 'published', version: this.#answers.keep(command.name, this.#shelf.sources, run?.id ?? null), run }
      }
      case 'versions':
        return { of: 'versions', versions: structuredClone(this.#answers.versions) }
      case 'roll_back':
        this.#shelf.sources = this.#answers.rollBack(command.version, this.#shelf.sources)
        return { of: 'rolled_back', run: this.#run('rolled back') }
      case 'knowledge_doctor':
        return { of: 'findings', findings: this.#answers.findings() }
      default:
        return this.#bench(command)
    }
  }

  #bench(command: LearningCommand): LearningReply {
    switch (command.what) {
      case 'test_cases':
        return { of: 'cases', cases: structuredClone(this.cases) }
      case 'save_test_case':
        return { of: 'saved', ids: [this.#save(command.case)] }
      case 'test_from_turn':
        return { of: 'saved', ids: [this.#save({ ...blank, question: 'Can I bring back shoes?', source: 'returns.md' })] }
      case 'remove_test_case':
        this.cases = this.cases.filter((test) => test.id !== command.id)
        return { of: 'done' }
      case 'run_tests': {
        const run = this.#run('asked for')
        if (!run) throw apiError('not_found', 'there is no test yet', 'Add a question with what should come of it first.')
        return { of: 'run', ...run }
      }
      case 'test_runs':
        return { of: 'runs', runs: structuredClone(this.runs.slice(0, command.limit)) }
      default:
        throw apiError('unavailable', `${command.what} is not in the try-out desk`)
    }
  }

  #save(test: TestCaseView): number {
    const id = test.id || Math.max(0, ...this.cases.map((one) => one.id)) + 1
    const saved = { ...structuredClone(test), id }
    this.cases = test.id ? this.cases.map((one) => (one.id === id ? saved : one)) : [...this.cases, saved]
    return id
  }

  /** A test of an approved answer is right while that answer is live; any other is. */
  #run(reason: string): TestRunView | null {
    if (!this.cases.length) return null
    const isLive = (id: number) => this.#answers.faqs.some((faq) => faq.id === id && faq.status === 'approved')
    const failed = this.cases
      .filter((test) => test.faq_id !== null && !isLive(test.faq_id))
      .map((test): TestResultView => ({ case_id: test.id, question: test.question, outcome: 'refused', why: 'the desk did not answer', route: 'refused', answer: '' }))
    const before = new Set(this.runs[0]?.failed.map((result) => result.case_id))
    const isFailed = new Set(failed.map((result) => result.case_id))
    const run: TestRunView = {
      id: this.runs.length + 1,
      at: NOW + this.runs.length * 60,
      reason,
      kb_version: 12,
      seconds: 0.4,
      asked: this.cases.length,
      passed: this.cases.length - failed.length,
      broke: this.runs.length ? failed.filter((result) => !before.has(result.case_id)) : [],
      mended: (this.runs[0]?.failed ?? []).filter((result) => !isFailed.has(result.case_id)),
      failed,
      changes: this.runs.length ? ['answer 1 (When do you open?): retired by staff'] : [],
    }
    this.runs.unshift(run)
    return structuredClone(run)
  }

  #askAgain(cluster: GapClusterView): GapOutcome {
    const faq = this.#answers.faqs.find((one) => one.id === cluster.faq_id)
    const isLive = faq?.status === 'approved'
    if (isLive) cluster.status = 'answered'
    const questions = cluster.wordings.map(({ question }) => ({
      question,
      before: 'refused' as const,
      after: isLive ? ('faq' as const) : ('refused' as const),
      answer: isLive ? faq.answer : 'I could not find this in our documents.',
      is_answered: isLive,
    }))
    return { id: cluster.id, label: cluster.label, status: cluster.status, questions }
  }

  #cluster(id: number): GapClusterView {
    const cluster = this.clusters.find((one) => one.id === id)
    if (!cluster) throw apiError('not_found', `no gap ${id}`)
    return cluster
  }
}
