// What the desk finds when it reads its own knowledge: twice there, contradictory, out of date.
import type { FindingView } from '../../bindings/wire'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'

export class Findings {
  list = $state.raw<FindingView[] | null>(null)
  work = new Work()
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  async look(): Promise<void> {
    await this.work.run(async () => {
      this.list = (await askLearning(this.#host, 'findings', { what: 'knowledge_doctor' })).findings
    })
  }
}

/** The answer a key such as `faq:7` is about. */
export function faqOf(key: string): number | null {
  const found = /^faq:(\d+)$/.exec(key)
  return found ? Number(found[1]) : null
}
