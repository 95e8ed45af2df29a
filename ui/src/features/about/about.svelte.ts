// What the program says of itself.
import type { ApiError } from '../../bindings/wire'
import { askComputer } from '../../host/computer'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

/** Lines of the log that a page shows. */
const LINES = 400

export class About {
  lines = $state<string[]>([])
  folder = $state('')
  licences = $state('')
  error = $state<ApiError | null>(null)
  isLooking = $state(false)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  async look(): Promise<void> {
    this.isLooking = true
    try {
      const log = await askComputer(this.#host, 'log', { what: 'log', lines: LINES })
      this.lines = log.lines
      this.folder = log.folder
      if (!this.licences) this.licences = (await askComputer(this.#host, 'text', { what: 'licences' })).text
      this.error = null
    } catch (problem) {
      this.error = toApiError(problem)
    } finally {
      this.isLooking = false
    }
  }
}
