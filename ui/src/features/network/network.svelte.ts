// Sharing on the local network: how it is, asked again and again while the page is open, and what is done about it.
import type { ApiError, NetworkCommand, NetworkView } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

const LOOK_MILLISECONDS = 3_000

export class Network {
  view = $state<NetworkView | null>(null)
  /** What is being done now. */
  doing = $state<NetworkCommand['what'] | null>(null)
  /** What was done last, to say so beside it. */
  done = $state<NetworkCommand['what'] | null>(null)
  /** Why the last thing could not be done; it stays until the next one. */
  error = $state<ApiError | null>(null)
  /** Why nothing can be seen; it goes with the next look that works. */
  blindness = $state<ApiError | null>(null)
  #host: Host
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host) {
    this.#host = host
  }

  /** Looks now and every few seconds. Returns how to stop. */
  start(): () => void {
    let isOpen = true
    const again = async () => {
      // What somebody does now brings its own news.
      if (!this.doing) await this.look()
      if (isOpen) this.#timer = setTimeout(() => void again(), LOOK_MILLISECONDS)
    }
    void again()
    return () => {
      isOpen = false
      clearTimeout(this.#timer)
    }
  }

  async look(): Promise<void> {
    try {
      const view = await this.#ask({ what: 'state' })
      // An answer from before must not undo what was done meanwhile.
      if (this.doing) return
      this.view = view
      this.blindness = null
    } catch (reason) {
      this.blindness = toApiError(reason)
    }
  }

  share(on: boolean, keep = false): Promise<boolean> {
    return this.#do({ what: 'share', on, keep })
  }

  listen(address: string, port: number): Promise<boolean> {
    return this.#do({ what: 'listen', address, port })
  }

  newKey(): Promise<boolean> {
    return this.#do({ what: 'new_key' })
  }

  async #do(command: NetworkCommand): Promise<boolean> {
    this.doing = command.what
    this.done = null
    try {
      this.error = null
      this.view = await this.#ask(command)
      this.done = command.what
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    } finally {
      this.doing = null
    }
  }

  async #ask(command: NetworkCommand): Promise<NetworkView> {
    const reply = await this.#host.manage({ do: 'network', ...command })
    if (reply.is === 'network') return reply
    throw apiError('internal', 'the desk answered with something else')
  }
}
