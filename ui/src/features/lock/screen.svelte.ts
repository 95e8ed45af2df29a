// The visitors' screen as staff set it up. Every change is saved at once; the reply is what counts.
import type { ApiError, KioskChange, KioskCommand, KioskReply, KioskView, LockCheckView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import { askKiosk } from '../../host/kiosk'
import type { Host } from '../../host/types'

export class Screen {
  view = $state<KioskView | null>(null)
  checks = $state<LockCheckView[] | null>(null)
  written = $state<{ folder: string; files: string[] } | null>(null)
  /** Which setting was saved last, to say so beside it. */
  saved = $state<keyof KioskChange | null>(null)
  isStarting = $state(false)
  isWriting = $state(false)
  error = $state<ApiError | null>(null)
  /** Why the files could not be written; told beside their button. */
  writeError = $state<ApiError | null>(null)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  async look(): Promise<void> {
    await this.#try({ what: 'state' })
    await this.check()
  }

  async check(): Promise<void> {
    await this.#try({ what: 'lock_check' })
  }

  async change(change: KioskChange): Promise<boolean> {
    this.saved = null
    const done = await this.#try({ what: 'change', ...change })
    if (done) this.saved = (Object.keys(change)[0] ?? null) as keyof KioskChange | null
    return done
  }

  async start(): Promise<void> {
    this.isStarting = true
    // The window closes when it worked.
    await this.#try({ what: 'start' })
    this.isStarting = false
  }

  /** Without a folder the window asks for one. */
  async write(folder: string | null): Promise<void> {
    this.isWriting = true
    this.written = null
    this.writeError = null
    try {
      this.#take(await askKiosk(this.#host, { what: 'write_lock_files', folder }))
    } catch (reason) {
      this.writeError = toApiError(reason)
    }
    this.isWriting = false
  }

  async #try(command: KioskCommand): Promise<boolean> {
    try {
      this.error = null
      this.#take(await askKiosk(this.#host, command))
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    }
  }

  #take(reply: KioskReply): void {
    if (reply.of === 'screen') this.view = reply
    else if (reply.of === 'lock') this.checks = reply.checks
    else if (reply.of === 'written') this.written = reply
  }
}
