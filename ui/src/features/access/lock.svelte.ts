// The PIN as staff set it: how it is, the change under way, and a code that is shown once.
import type { AccessCommand, AccessReply, AccessView, ApiError, UnlockView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

export class Lock {
  view = $state<AccessView | null>(null)
  /** A recovery code that has to be written down now. */
  code = $state<string | null>(null)
  /** The PIN that was given for a change was wrong. */
  refused = $state<UnlockView | null>(null)
  error = $state<ApiError | null>(null)
  isBusy = $state(false)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  async load(): Promise<void> {
    await this.#ask({ what: 'state' })
  }

  /** True when the new PIN is saved. */
  setPin(pin: string, old: string | null): Promise<boolean> {
    return this.#change({ what: 'set_pin', pin, old })
  }

  newCode(pin: string): Promise<boolean> {
    return this.#change({ what: 'new_recovery_code', pin })
  }

  async #change(command: AccessCommand): Promise<boolean> {
    const reply = await this.#ask(command)
    if (reply?.of !== 'saved') return false
    this.code = reply.recovery_code
    await this.load()
    return true
  }

  async #ask(command: AccessCommand): Promise<AccessReply | null> {
    if (this.isBusy) return null
    this.isBusy = true
    this.refused = null
    this.error = null
    try {
      const reply = await this.#host.manage({ do: 'access', ...command })
      if (reply.is !== 'access') return null
      if (reply.of === 'state') this.view = reply
      if (reply.of === 'tried') this.refused = reply
      return reply
    } catch (reason) {
      this.error = toApiError(reason)
      return null
    } finally {
      this.isBusy = false
    }
  }
}
