// The check before the doors open, and today at a glance.
import type { ApiError, OpeningCommand, OpeningView } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

const LOOK_MILLISECONDS = 30_000

export class Opening {
  view = $state<OpeningView | null>(null)
  isChecking = $state(false)
  error = $state<ApiError | null>(null)
  #host: Host
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: Host) {
    this.#host = host
  }

  /** Looks now and then, so that a page left open tells the day as it is. Returns how to stop. */
  start(): () => void {
    void this.#ask({ what: 'state' })
    this.#timer = setInterval(() => {
      if (!this.isChecking) void this.#ask({ what: 'state' })
    }, LOOK_MILLISECONDS)
    return () => clearInterval(this.#timer)
  }

  async check(): Promise<void> {
    if (this.isChecking) return
    this.isChecking = true
    await this.#ask({ what: 'run' })
    this.isChecking = false
  }

  async #ask(command: OpeningCommand): Promise<void> {
    try {
      const reply = await this.#host.manage({ do: 'opening', ...command })
      if (reply.is !== 'opening') throw apiError('internal', 'the desk answered with something else')
      this.view = reply
      this.error = null
    } catch (reason) {
      this.error = toApiError(reason)
    }
  }
}
