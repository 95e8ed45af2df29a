// What is typed on the pad, what came of it, and how long to wait.
import type { ApiError, UnlockView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'

export const LONGEST_PIN = 12
/** Letters and digits of a recovery code: none looks like another on paper. */
export const CODE_KEYS = [...'3479ACDEFHJKMNPQRTWXY']
export const CODE_LENGTH = 20

export class Typing {
  /** Whether the recovery code is typed and not the PIN. */
  isCode = $state(false)
  typed = $state('')
  isLooking = $state(false)
  /** The last one was wrong. */
  isWrong = $state(false)
  triesLeft = $state(0)
  /** Whole seconds until the next try is looked at. */
  wait = $state(0)
  error = $state<ApiError | null>(null)
  #ask: (typed: string) => Promise<UnlockView>
  #until = 0
  #clock: ReturnType<typeof setInterval> | undefined

  constructor(ask: (typed: string) => Promise<UnlockView>) {
    this.#ask = ask
  }

  /** Asks how long to wait before anything was typed; hands back how to stop the clock. */
  start(): () => void {
    void this.#look('')
    return () => clearInterval(this.#clock)
  }

  get canType(): boolean {
    return !this.isLooking && this.wait === 0
  }

  press(key: string): void {
    if (!this.canType) return
    this.isWrong = false
    const longest = this.isCode ? CODE_LENGTH : LONGEST_PIN
    if (this.typed.length < longest) this.typed += key
  }

  takeBack(): void {
    if (this.canType) this.typed = this.typed.slice(0, -1)
  }

  /** From the PIN to the recovery code and back; what was typed is forgotten. */
  change(): void {
    this.isCode = !this.isCode
    this.typed = ''
    this.isWrong = false
  }

  async submit(): Promise<void> {
    if (!this.canType || !this.typed) return
    const typed = this.typed
    this.typed = ''
    await this.#look(typed)
  }

  async #look(typed: string): Promise<void> {
    this.isLooking = true
    this.isWrong = false
    this.error = null
    try {
      const { unlocked, tries_left, wait_s } = await this.#ask(typed)
      this.triesLeft = tries_left
      this.isWrong = Boolean(typed) && !unlocked
      this.#waitFor(wait_s)
    } catch (reason) {
      this.error = toApiError(reason)
    }
    this.isLooking = false
  }

  #waitFor(seconds: number): void {
    clearInterval(this.#clock)
    this.wait = seconds
    if (seconds === 0) return
    this.#until = performance.now() + seconds * 1_000
    this.#clock = setInterval(() => this.#tick(), 500)
  }

  #tick(): void {
    this.wait = Math.max(0, Math.ceil((this.#until - performance.now()) / 1_000))
    if (this.wait > 0) return
    clearInterval(this.#clock)
    this.isWrong = false
    // How many tries there are now is the desk's to say.
    void this.#look('')
  }
}

/** The key of a digit, whatever script the keyboard types; `null` for any other key. */
export function digitOf(key: string): string | null {
  if (!/^\p{Nd}$/u.test(key)) return null
  const code = key.codePointAt(0) ?? 0
  for (const zero of [0x30, 0x660, 0x6f0, 0xff10]) {
    if (code >= zero && code < zero + 10) return String(code - zero)
  }
  return null
}
