// The face of the desk and its pulse: greets until the sample shop is read, then looks again now and then.
import type { ApiError, Desk, HealthView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'
import { speak } from '../../i18n/i18n.svelte'
import { hearLanguage } from '../../shared/language-news'

const PREPARING_MILLISECONDS = 1_000
const GREET_MILLISECONDS = 10_000
const HEALTH_MILLISECONDS = 3_000

export class DeskFace {
  desk = $state<Desk | null>(null)
  health = $state<HealthView | null>(null)
  error = $state<ApiError | null>(null)
  /** The shop's logo as an address of its own; empty without one. */
  logo = $state('')
  #logoMark = ''
  #host: Host
  #language: string | null = null
  #timers = new Map<string, ReturnType<typeof setTimeout>>()
  #stopHearing = () => {}

  constructor(host: Host) {
    this.#host = host
  }

  /** Starts greeting and, where staff sits, taking the pulse. Returns how to stop. */
  start(): () => void {
    this.#stopHearing = hearLanguage((language) => this.#applyLanguage(language))
    void this.#greet()
    if (this.#host.capabilities.staff) void this.#pulse()
    return () => {
      this.#stopHearing()
      for (const timer of this.#timers.values()) clearTimeout(timer)
    }
  }

  /** Greets now, for example after staff changed what the desk knows. */
  async refresh(): Promise<void> {
    await this.#greet()
  }

  /** Back to the language that staff chose. */
  restoreLanguage(): void {
    void speak(this.#language ?? '')
  }

  async #greet(): Promise<void> {
    try {
      const reply = await this.#host.visit({ do: 'greet' })
      if (reply.is === 'desk') this.#welcome(reply)
      this.error = null
    } catch (reason) {
      this.error = toApiError(reason)
    }
    const soon = this.desk?.preparing || this.error
    this.#again('greet', soon ? PREPARING_MILLISECONDS : GREET_MILLISECONDS, () => this.#greet())
  }

  #welcome(desk: Desk): void {
    this.desk = desk
    this.#applyLanguage(desk.language)
    if (desk.look.logo_mark !== this.#logoMark) void this.#fetchLogo(desk.look.logo_mark)
  }

  /** Greetings carry only the logo's mark; the picture is fetched when that is a new one. */
  async #fetchLogo(mark: string): Promise<void> {
    this.#logoMark = mark
    if (!mark) return void (this.logo = '')
    try {
      const reply = await this.#host.visit({ do: 'logo' })
      if (reply.is === 'logo' && this.#logoMark === mark) this.logo = reply.logo
    } catch {
      // The next greeting tries again; until then the name stands alone.
      this.#logoMark = ''
    }
  }

  // Only a change speaks up: a visitor's own choice lasts until staff or the next visitor changes it.
  #applyLanguage(language: string): void {
    if (language === this.#language) return
    this.#language = language
    void speak(language)
  }

  async #pulse(): Promise<void> {
    try {
      const reply = await this.#host.manage({ do: 'health' })
      if (reply.is === 'health') this.health = reply
    } catch {
      this.health = null
    }
    this.#again('health', HEALTH_MILLISECONDS, () => this.#pulse())
  }

  #again(name: string, milliseconds: number, work: () => Promise<void>): void {
    clearTimeout(this.#timers.get(name))
    this.#timers.set(name, setTimeout(() => void work(), milliseconds))
  }
}
