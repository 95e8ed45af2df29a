// The shop's own questions with what should come of them, and how the desk did.
import type { TestCaseView, TestResultView, TestRunView } from '../../bindings/wire'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'

const RUNS_SHOWN = 5

export type Verdict = 'right' | 'wrong' | 'unknown'

export const emptyCase = (): TestCaseView => ({ id: 0, name: '', kind: 'staff', question: '', must_refuse: false, route: null, source: null, faq_id: null, gold: [], must_not: [] })

export class Bench {
  cases = $state.raw<TestCaseView[] | null>(null)
  runs = $state.raw<TestRunView[]>([])
  removed = $state.raw<TestCaseView | null>(null)
  isRunning = $state(false)
  work = new Work()
  latest = $derived(this.runs[0] ?? null)
  /** Questions that were added or changed since the newest run. */
  fresh = $state.raw(new Set<number>())
  failures = $derived(new Map((this.latest?.failed ?? []).map((result) => [result.case_id, result])))
  #host: Host
  #changed: () => void

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  async load(): Promise<void> {
    await this.work.run(() => this.#look())
  }

  failureOf(id: number): TestResultView | null {
    return this.fresh.has(id) ? null : (this.failures.get(id) ?? null)
  }

  verdictOf(id: number): Verdict {
    if (!this.latest || this.fresh.has(id)) return 'unknown'
    return this.failures.has(id) ? 'wrong' : 'right'
  }

  async run(): Promise<void> {
    this.isRunning = true
    await this.#change(async () => {
      await askLearning(this.#host, 'run', { what: 'run_tests' })
      this.fresh = new Set()
    })
    this.isRunning = false
  }

  async save(test: TestCaseView): Promise<boolean> {
    return this.#change(async () => {
      const { ids } = await askLearning(this.#host, 'saved', { what: 'save_test_case', case: test })
      this.fresh = new Set([...this.fresh, ...ids])
    })
  }

  async remove(test: TestCaseView): Promise<void> {
    await this.#change(async () => {
      await askLearning(this.#host, 'done', { what: 'remove_test_case', id: test.id })
      this.removed = test
    })
  }

  async bringBack(): Promise<void> {
    const { removed } = this
    if (removed && (await this.save({ ...removed, id: 0 }))) this.removed = null
  }

  async #look(): Promise<void> {
    const [{ cases }, { runs }] = await Promise.all([
      askLearning(this.#host, 'cases', { what: 'test_cases' }),
      askLearning(this.#host, 'runs', { what: 'test_runs', limit: RUNS_SHOWN }),
    ])
    // What a run did not ask yet cannot be right.
    const before = this.cases
    if (before === null && runs[0] && cases.length > runs[0].asked) {
      this.fresh = new Set(cases.slice(runs[0].asked).map((one) => one.id))
    }
    this.cases = cases
    this.runs = runs
  }

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    this.removed = null
    const isDone = await this.work.run(async () => {
      await work()
      await this.#look()
    })
    if (isDone) this.#changed()
    return isDone
  }
}
