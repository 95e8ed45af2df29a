// How far the first run is. The desk remembers it, so that it goes on after a restart.
import type { ApiError, SetupCommand, SetupView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import { askSetup } from '../../host/setup'
import type { Host } from '../../host/types'

export const STEPS = ['language', 'kit', 'computer', 'pin', 'content'] as const
export type Step = (typeof STEPS)[number]

/** In the address of the staff page: shows the first run also where no window of the program is. */
const WISH = 'setup'

export class Setup {
  view = $state<SetupView | null>(null)
  isOpen = $state(false)
  /** Whether it is known by now if it is due; before that nothing else is shown for a moment. */
  isKnown = $state(false)
  isWorking = $state(false)
  error = $state<ApiError | null>(null)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  get step(): Step {
    return STEPS[this.view?.step ?? 0] ?? 'language'
  }

  /** Opens the first run where it is due, or where the address asks for it. */
  async begin(): Promise<void> {
    if (this.#host.capabilities.staff) await this.#openIfDue()
    this.isKnown = true
  }

  async #openIfDue(): Promise<void> {
    const isWished = new URLSearchParams(location.search).has(WISH)
    await this.#do({ what: 'state' })
    // Whoever may not be led through it sees the window as ever.
    this.error = null
    if (isWished && this.view?.done) await this.#do({ what: 'again' })
    this.isOpen = this.view !== null && (isWished || this.view.due)
  }

  async again(): Promise<void> {
    if (await this.#do({ what: 'again' })) this.isOpen = true
  }

  async goTo(step: number): Promise<void> {
    await this.#do({ what: 'save_step', step: Math.max(0, Math.min(step, STEPS.length - 1)) })
  }

  next = () => this.goTo((this.view?.step ?? 0) + 1)
  back = () => this.goTo((this.view?.step ?? 0) - 1)

  /** True when the desk is of this kind now. */
  chooseKit = (kit: string, name: string) => this.#do({ what: 'choose_kit', kit, name })

  /** Counts again what is live. */
  look = () => this.#do({ what: 'state' })

  /** It is over, done or left out. */
  async finish(): Promise<void> {
    if (!(await this.#do({ what: 'finish' }))) return
    this.isOpen = false
    const address = new URL(location.href)
    address.searchParams.delete(WISH)
    history.replaceState(null, '', address)
  }

  async #do(command: SetupCommand): Promise<boolean> {
    if (this.isWorking) return false
    this.isWorking = true
    this.error = null
    try {
      this.view = await askSetup(this.#host, command)
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    } finally {
      this.isWorking = false
    }
  }
}
