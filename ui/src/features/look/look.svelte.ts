// The look of the desk as staff change it: what is saved, what is being tried, and the way back.
import type { ApiError, LookChange, LookCommand, LookView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import { askLook } from '../../host/look'
import type { Host } from '../../host/types'

/** What somebody is trying out; nobody else sees it before it is saved. */
export type Draft = Required<LookChange>
/** How to take the last change back: older words, an older logo, or both. */
type Back = { change: LookChange | null; logo: boolean }

const PARTS = ['name', 'welcome', 'welcomes', 'colour', 'suggestions', 'refusal', 'hand_over'] as const

export class Look {
  saved = $state<LookView | null>(null)
  draft = $state<Draft | null>(null)
  error = $state<ApiError | null>(null)
  isWorking = $state(false)
  news = $state<'saved' | 'undone' | 'reset' | null>(null)
  isDirty = $derived(this.draft !== null && Object.keys(this.#changes()).length > 0)
  #back = $state<Back | null>(null)
  #host: Host
  #changed: () => void

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  get canChooseFiles(): boolean {
    return this.#host.capabilities.chooseFiles
  }

  get canUndo(): boolean {
    return this.#back !== null
  }

  async load(): Promise<void> {
    await this.#work(() => this.#send({ what: 'state' }))
  }

  /** Shows visitors what was tried. */
  async save(): Promise<void> {
    const change = this.#changes()
    const back: Back = { change: this.#before(change), logo: false }
    await this.#work(async () => {
      await this.#send({ what: 'change', ...change })
      this.#told('saved', back)
    })
  }

  /** A logo counts at once; the words that are being tried stay. */
  async setLogo(path: string | null): Promise<void> {
    await this.#changeLogo(path === null ? { what: 'choose_logo' } : { what: 'set_logo', path })
  }

  async removeLogo(): Promise<void> {
    await this.#changeLogo({ what: 'remove_logo' })
  }

  /** Back to the desk's own colour, without a logo. */
  async reset(): Promise<void> {
    const hasLogo = Boolean(this.saved?.logo)
    const back: Back = { change: { colour: this.saved?.colour ?? '' }, logo: hasLogo }
    await this.#work(async () => {
      if (hasLogo) await this.#send({ what: 'remove_logo' })
      await this.#send({ what: 'change', colour: '' })
      this.#told('reset', back)
    })
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const back = this.#back
    if (!back) return
    await this.#work(async () => {
      if (back.logo) await this.#send({ what: 'undo_logo' })
      if (back.change) await this.#send({ what: 'change', ...back.change })
      this.#told('undone', null)
    })
  }

  async #changeLogo(command: LookCommand): Promise<void> {
    const tried = this.draft
    const before = this.saved?.logo
    await this.#work(async () => {
      await this.#send(command)
      if (tried) this.draft = tried
      // A dialog that was closed without a picture changes nothing.
      if (this.saved?.logo !== before) this.#told('saved', { change: null, logo: true })
    })
  }

  #told(news: 'saved' | 'undone' | 'reset', back: Back | null): void {
    this.news = news
    this.#back = back
    this.#changed()
  }

  #changes(): LookChange {
    const { saved, draft } = this
    if (!saved || !draft) return {}
    const tried = { ...$state.snapshot(draft), suggestions: draft.suggestions.filter((one) => one.trim()) }
    const differs = PARTS.filter((part) => JSON.stringify(tried[part]) !== JSON.stringify(saved[part]))
    return Object.fromEntries(differs.map((part) => [part, tried[part]])) as LookChange
  }

  #before(change: LookChange): LookChange {
    const parts = Object.keys(change) as (keyof LookChange)[]
    return Object.fromEntries(parts.map((part) => [part, $state.snapshot(this.saved?.[part])])) as LookChange
  }

  async #send(command: LookCommand): Promise<void> {
    const view = await askLook(this.#host, command)
    this.saved = view
    this.draft = structuredClone(Object.fromEntries(PARTS.map((part) => [part, view[part]]))) as Draft
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.isWorking) return
    this.isWorking = true
    this.error = null
    this.news = null
    try {
      await work()
    } catch (reason) {
      this.error = toApiError(reason)
    }
    this.isWorking = false
  }
}
