// What is kept of people: the state, the times that are being chosen, and what was done about it.
import type { ApiError, ErasedView, PrivacyCommand, PrivacyReply, PrivacyTimes, PrivacyView } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

type Exported = Extract<PrivacyReply, { of: 'exported' }>

export class Privacy {
  view = $state<PrivacyView | null>(null)
  /** As chosen on the page, saved or not. */
  times = $state<PrivacyTimes | null>(null)
  isWorking = $state(false)
  isSaved = $state(false)
  erased = $state<ErasedView | null>(null)
  exported = $state<Exported | null>(null)
  /** What saving the chosen times would erase at once. */
  would = $state<ErasedView | null>(null)
  error = $state<ApiError | null>(null)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  get isChanged(): boolean {
    return this.#compare((chosen, saved) => chosen !== saved)
  }

  /** Whether something would be erased by saving. */
  get isShorter(): boolean {
    return this.#compare((chosen, saved) => chosen < saved)
  }

  look(): Promise<boolean> {
    return this.#ask({ what: 'state' })
  }

  choose(time: keyof PrivacyTimes, value: number): void {
    this.isSaved = false
    this.would = null
    if (this.times) this.times = { ...this.times, [time]: value }
    if (this.times && this.isShorter) void this.#foretell(this.times)
  }

  async save(): Promise<void> {
    if (this.times) this.isSaved = await this.#ask({ what: 'change', ...this.times })
    if (this.isSaved) this.would = null
  }

  async erase(tickets: boolean, gaps: boolean): Promise<void> {
    this.erased = null
    if (await this.#ask({ what: 'erase_now', tickets, gaps })) await this.look()
  }

  async export(folder: string): Promise<void> {
    this.exported = null
    await this.#ask({ what: 'export_all', folder })
  }

  /** Without an answer the page says that something goes, but not how much. */
  async #foretell(times: PrivacyTimes): Promise<void> {
    try {
      const reply = await this.#host.manage({ do: 'privacy', what: 'would_erase', ...times })
      if (reply.is === 'privacy' && reply.of === 'would_erase' && times === this.times) this.would = reply
    } catch {
      this.would = null
    }
  }

  #compare(differs: (chosen: number, saved: number) => boolean): boolean {
    const [chosen, saved] = [this.times, this.view?.times]
    if (!chosen || !saved) return false
    return (Object.keys(saved) as (keyof PrivacyTimes)[]).some((time) => differs(chosen[time], saved[time]))
  }

  async #ask(command: PrivacyCommand): Promise<boolean> {
    if (command.what !== 'state') this.isWorking = true
    try {
      const reply = await this.#host.manage({ do: 'privacy', ...command })
      if (reply.is !== 'privacy') throw apiError('internal', 'the desk answered with something else')
      this.#take(reply)
      this.error = null
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    } finally {
      this.isWorking = false
    }
  }

  #take(reply: PrivacyReply): void {
    switch (reply.of) {
      case 'privacy':
        this.view = reply
        this.times = { ...reply.times }
        return
      case 'erased':
        this.erased = reply
        return
      case 'would_erase':
        this.would = reply
        return
      case 'exported':
        this.exported = reply
    }
  }
}
