// Measures this computer, and counts the seconds while it does.
import type { ApiError, SpeedView } from '../../bindings/wire'
import { askComputer } from '../../host/computer'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

/** How long it usually takes. */
export const USUAL_SECONDS = 20

export class Measurement {
  speed = $state<SpeedView | null>(null)
  /** Whole seconds since it began; `null` when nothing is measured. */
  seconds = $state<number | null>(null)
  error = $state<ApiError | null>(null)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  /** Measures the model in use; true when there is a result. */
  async measure(): Promise<boolean> {
    if (this.seconds !== null) return false
    this.seconds = 0
    this.error = null
    const clock = setInterval(() => (this.seconds = (this.seconds ?? 0) + 1), 1_000)
    try {
      this.speed = await askComputer(this.#host, 'speed', { what: 'measure', id: null })
    } catch (reason) {
      this.error = toApiError(reason)
    }
    clearInterval(clock)
    this.seconds = null
    return this.error === null
  }
}
