// The try-out desk's opening check: one thing to do each for a person, an order file and a draft.
import type { CheckRow, CheckView, OpeningCommand, OpeningReply } from '../../bindings/wire'

const NOW = () => Math.floor(Date.now() / 1_000)

const row = (finding: CheckRow['finding'], place: string, n = 0, name = ''): CheckRow => ({ state: 'good', finding, n, name, place })

const GOOD: CheckRow[] = [
  row('questions_right', 'knowledge', 12),
  row('engine_works', 'computer'),
  row('models_right', 'computer', 2),
  row('disk_roomy', 'computer', 120),
  row('folder_writable', 'computer'),
  row('orders_fresh', 'orders', 1),
  row('folders_none', 'knowledge'),
  row('clock_right', ''),
  row('nobody_waits', 'visitors'),
  row('nothing_due', 'knowledge'),
  row('backup_fresh', 'backup', 0),
]

const OPEN: CheckRow[] = [
  { ...row('orders_old', 'orders', 0, 'C:\\Shop\\orders.csv'), state: 'warn' },
  { ...row('somebody_waits', 'visitors', 2), state: 'warn' },
]

export class FakeOpening {
  check: CheckView | null
  waiting = 2
  questions = 37
  #pause: number

  constructor(options: { empty?: boolean; failed?: boolean; pauseMilliseconds?: number } = {}) {
    this.#pause = options.pauseMilliseconds ?? 0
    const stopped: CheckRow[] = options.failed ? [{ ...row('engine_stopped', 'computer', 0, 'the engine stopped'), state: 'bad' }] : []
    const open = [...stopped, ...OPEN]
    const replaced = ['orders_fresh', 'nobody_waits', ...(options.failed ? ['engine_works'] : [])]
    const rows = [...open, ...GOOD.filter(({ finding }) => !replaced.includes(finding))]
    this.check = options.empty ? null : { state: options.failed ? 'bad' : 'warn', at: NOW() - 7_300, rows }
    if (options.empty) this.waiting = this.questions = 0
  }

  async answer(command: OpeningCommand): Promise<OpeningReply> {
    if (command.what === 'run') {
      await new Promise((resolve) => setTimeout(resolve, this.#pause * 20))
      this.waiting = 0
      this.check = { state: 'good', at: NOW(), rows: GOOD }
    }
    const age = this.check ? NOW() - this.check.at : 0
    return { of: 'opening', check: structuredClone(this.check), age_s: age, questions_today: this.questions, open_gaps: this.questions ? 3 : 0, waiting: this.waiting }
  }
}
