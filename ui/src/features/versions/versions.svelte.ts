// Published versions of the knowledge: tested, kept under a name, and restored in one step.
import type { TestRunView, VersionView } from '../../bindings/wire'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'

const RUNS_KNOWN = 50

export type VersionDone = { what: 'published' | 'restored'; name: string; undoVersion?: number }

export class Versions {
  list = $state.raw<VersionView[] | null>(null)
  runs = $state.raw(new Map<number, TestRunView>())
  /** The run that stopped publishing, with the name that was wished for. */
  red = $state.raw<{ name: string; run: TestRunView } | null>(null)
  /** What the tests say after a version was restored. */
  after = $state.raw<TestRunView | null>(null)
  done = $state.raw<VersionDone | null>(null)
  work = new Work()
  #host: Host
  #changed: () => void

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  async load(): Promise<void> {
    await this.work.run(() => this.#look())
  }

  runOf(version: VersionView): TestRunView | null {
    return version.run_id === null ? null : (this.runs.get(version.run_id) ?? null)
  }

  /** Tests first; a red result keeps nothing unless it is wished for anyway. True when it is kept. */
  async publish(name: string, anyway: boolean): Promise<boolean> {
    let isKept = false
    await this.#change(async () => {
      const { version, run } = await askLearning(this.#host, 'published', { what: 'publish', name, anyway, by: '' })
      this.red = version === null && run ? { name, run } : null
      isKept = version !== null
      if (version) this.done = { what: 'published', name: version.name }
    })
    return isKept
  }

  async restore(version: VersionView): Promise<boolean> {
    return this.#change(async () => {
      const { run } = await askLearning(this.#host, 'rolled_back', { what: 'roll_back', version: version.id, by: '' })
      this.after = run
      const { versions } = await askLearning(this.#host, 'versions', { what: 'versions' })
      // What was there a moment ago was kept first, as the newest version.
      const kept = versions[0]
      this.done = { what: 'restored', name: version.name, ...(kept && kept.id > version.id ? { undoVersion: kept.id } : {}) }
    })
  }

  async undo(): Promise<void> {
    const kept = this.list?.find((version) => version.id === this.done?.undoVersion)
    if (kept) await this.restore(kept)
  }

  async #look(): Promise<void> {
    const [{ versions }, { runs }] = await Promise.all([
      askLearning(this.#host, 'versions', { what: 'versions' }),
      askLearning(this.#host, 'runs', { what: 'test_runs', limit: RUNS_KNOWN }),
    ])
    this.list = versions
    this.runs = new Map(runs.map((run) => [run.id, run]))
  }

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    this.done = null
    this.after = null
    const isDone = await this.work.run(async () => {
      await work()
      await this.#look()
    })
    if (isDone) this.#changed()
    return isDone
  }
}
