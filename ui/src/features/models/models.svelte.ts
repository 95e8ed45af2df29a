// The models of this computer: which there are, which one writes, and what is being downloaded.
import type {
  ApiError,
  ComputerCommand,
  ComputerView,
  DownloadOffer,
  DownloadView,
  FoundModelView,
  ImportedModelView,
  ModelChoiceView,
} from '../../bindings/wire'
import { askComputer } from '../../host/computer'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'
import { endedSince, isMoving } from './download-steps'

const POLL_MILLISECONDS = 1_000

export type Work = 'offer' | 'import' | 'find' | 'use' | 'go_back' | 'delete'
/** Something that went well, to be told in one sentence. */
export type News = { what: 'used' | 'deleted'; name: string }
/** What a download command carries. */
type DownloadStep = Extract<ComputerCommand, { what: `${string}_download` | 'downloads' }>

export class Models {
  view = $state<ComputerView | null>(null)
  downloads = $state<DownloadView[]>([])
  offer = $state<DownloadOffer | null>(null)
  imported = $state<ImportedModelView[] | null>(null)
  found = $state<FoundModelView[] | null>(null)
  /** The model that a download has just brought. */
  arrived = $state<DownloadView | null>(null)
  news = $state<News | null>(null)
  /** The one thing being done now, and with which model. */
  work = $state<{ what: Work; id: string } | null>(null)
  error = $state<ApiError | null>(null)
  readonly canChooseFiles: boolean
  #host: Host
  #timer: ReturnType<typeof setTimeout> | undefined
  #isOpen = false
  #asked = 0

  constructor(host: Host) {
    this.#host = host
    this.canChooseFiles = host.capabilities.chooseFiles
  }

  /** Looks once, and again every second only while something is coming. Returns how to stop. */
  start(): () => void {
    this.#isOpen = true
    void this.look()
    void this.#step({ what: 'downloads' })
    return () => {
      this.#isOpen = false
      clearTimeout(this.#timer)
    }
  }

  isWorking(what: Work, id?: string): boolean {
    return this.work?.what === what && (id === undefined || this.work.id === id)
  }

  downloadOf(id: string): DownloadView | undefined {
    return this.downloads.find((download) => download.id === id)
  }

  nameOf(id: string): string {
    return this.view?.models.find((model) => model.id === id)?.name || id
  }

  async look(): Promise<void> {
    try {
      this.view = await askComputer(this.#host, 'overview', { what: 'overview' })
      this.error = null
    } catch (reason) {
      this.error = toApiError(reason)
    }
  }

  /** Asks what a download would bring. Nothing comes yet. */
  async askOffer(id: string): Promise<void> {
    await this.#do('offer', id, async () => {
      this.offer = await askComputer(this.#host, 'offer', { what: 'offer_download', id })
    })
  }

  /** The person agreed to exactly this offer. */
  async accept(offer: DownloadOffer): Promise<void> {
    this.offer = null
    this.arrived = null
    await this.#step({ what: 'start_download', id: offer.id, size_bytes: offer.size_bytes })
  }

  pause = (id: string) => this.#step({ what: 'pause_download', id })
  resume = (id: string) => this.#step({ what: 'resume_download', id })
  cancel = (id: string) => this.#step({ what: 'cancel_download', id })

  /** From files; `null` asks the person to pick some. */
  async bring(paths: string[] | null, inPlace = false): Promise<void> {
    const command: ComputerCommand = paths ? { what: 'import_models', paths, in_place: inPlace } : { what: 'choose_models' }
    await this.#do('import', paths?.[0] ?? '', async () => {
      this.imported = null
      this.imported = (await askComputer(this.#host, 'imported', command)).models
      await this.look()
    })
  }

  async find(): Promise<void> {
    await this.#do('find', '', async () => {
      this.found = (await askComputer(this.#host, 'found', { what: 'find_models' })).models
    })
  }

  async use({ id, name }: Pick<ModelChoiceView, 'id' | 'name'>): Promise<void> {
    await this.#change('use', { what: 'use_model', id }, { what: 'used', name })
  }

  async goBack(): Promise<void> {
    const name = this.nameOf(this.view?.previous ?? '')
    await this.#change('go_back', { what: 'roll_back_model' }, { what: 'used', name })
  }

  async delete({ id, name }: ModelChoiceView): Promise<void> {
    await this.#change('delete', { what: 'delete_model', id }, { what: 'deleted', name })
  }

  #change(what: Work, command: ComputerCommand, news: News): Promise<void> {
    return this.#do(what, 'id' in command ? (command.id ?? '') : '', async () => {
      this.view = await askComputer(this.#host, 'overview', command)
      this.arrived = null
      this.news = news
    })
  }

  async #do(what: Work, id: string, work: () => Promise<void>): Promise<void> {
    // Buttons are not disabled meanwhile, because a disabled one loses the focus.
    if (this.work) return
    this.work = { what, id }
    this.error = null
    this.news = null
    try {
      await work()
    } catch (reason) {
      this.error = toApiError(reason)
    }
    this.work = null
  }

  async #step(command: DownloadStep): Promise<void> {
    clearTimeout(this.#timer)
    const number = ++this.#asked
    try {
      const { downloads } = await askComputer(this.#host, 'downloads', command)
      // An older list says less than the one that overtook it.
      if (number !== this.#asked) return
      if (command.what !== 'downloads') this.error = null
      await this.#take(downloads)
    } catch (reason) {
      if (number === this.#asked) this.error = toApiError(reason)
    }
    if (!this.#isOpen || number !== this.#asked || !this.downloads.some(isMoving)) return
    this.#timer = setTimeout(() => void this.#step({ what: 'downloads' }), POLL_MILLISECONDS)
  }

  async #take(downloads: DownloadView[]): Promise<void> {
    const [ended] = endedSince(this.downloads, downloads)
    this.downloads = downloads
    if (!ended) return
    await this.look()
    // One that was cancelled has ended too, and brought nothing.
    if (this.view?.models.find((model) => model.id === ended.id)?.state === 'ready') this.arrived = ended
  }
}
