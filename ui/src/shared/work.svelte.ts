// One piece of work at a time, with what went wrong in the last one.
import type { ApiError } from '../bindings/wire'
import { toApiError } from '../host/errors'

export class Work {
  error = $state<ApiError | null>(null)
  isBusy = $state(false)

  /** Does it and says whether it went well; an error stays until the next piece of work. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy = true
    try {
      this.error = null
      await work()
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    } finally {
      this.isBusy = false
    }
  }
}
