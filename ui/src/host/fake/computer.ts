// The computer of the fake desk: every look at a download brings it one step further.
import type { ComputerCommand, ComputerReply, ComputerView, DownloadView, ImportedModelView, MachineView, ModelChoiceView, TierView } from '../../bindings/wire'
import { apiError } from '../errors'
import { FOUND, MODELS, SPEED } from './models'
import { planFor, planPage } from './visitors'

/** A model comes in this many looks. */
const STEPS = 8
const DISK_FREE = 120_000_000_000

export type FakeComputerOptions = {
  /** Milliseconds that measuring takes. */
  measureMilliseconds?: number
  /** The first download stops half-way, for want of room. */
  diskFills?: boolean | undefined
  /** Nobody has measured this computer yet. */
  unmeasured?: boolean | undefined
}

export class FakeComputer {
  models: ModelChoiceView[] = structuredClone(MODELS)
  downloads: DownloadView[] = []
  previous: string | null = null
  #options: FakeComputerOptions
  #machine: MachineView
  #tier: TierView

  constructor(machine: MachineView, tier: TierView, options: FakeComputerOptions) {
    this.#machine = machine
    this.#tier = tier
    this.#options = options
    if (options.unmeasured) for (const model of this.models) model.speed = null
  }

  async answer(command: ComputerCommand): Promise<ComputerReply> {
    switch (command.what) {
      case 'overview':
        return { of: 'overview', ...this.#view() }
      case 'offer_download': {
        const { id, name, size_bytes, host, licence } = this.#model(command.id)
        return { of: 'offer', id, name, size_bytes, have_bytes: 0, host, licence, disk_free_bytes: DISK_FREE, fits_on_disk: true }
      }
      case 'start_download':
        return this.#start(command.id, command.size_bytes)
      case 'pause_download':
        return this.#set(command.id, { state: 'paused', bytes_per_second: 0, seconds_left: null })
      case 'resume_download':
        return this.#set(command.id, { state: 'running', error: null })
      case 'cancel_download':
        this.downloads = this.downloads.filter((one) => one.id !== command.id)
        return this.#list()
      case 'downloads':
        this.downloads.forEach((one) => this.#go(one))
        return this.#list()
      case 'choose_models':
        return this.#import(['/media/stick/Qwen3-1.7B-Q4_K_M.gguf', '/media/stick/my-shop-model.gguf', '/media/stick/photo.gguf'], false)
      case 'import_models':
        return this.#import(command.paths, command.in_place)
      case 'find_models':
        return { of: 'found', models: structuredClone(FOUND) }
      case 'use_model':
        return this.#use(command.id)
      case 'roll_back_model':
        if (!this.previous) throw apiError('not_found', 'there is no model before')
        return this.#use(this.previous)
      case 'delete_model': {
        const model = this.#model(command.id)
        if (model.origin === 'catalogue') Object.assign(model, { state: 'missing', exam: null })
        else this.models = this.models.filter((one) => one !== model)
        if (this.previous === command.id) this.previous = null
        return { of: 'overview', ...this.#view() }
      }
      case 'measure':
        await new Promise((done) => setTimeout(done, this.#options.measureMilliseconds ?? 0))
        for (const model of this.models) if (model.id === SPEED.model) model.speed = SPEED
        this.#options.unmeasured = false
        return { of: 'speed', ...SPEED }
      case 'plan':
        return { of: 'plan', ...planFor(command, !this.#options.unmeasured) }
      case 'plan_page':
        return { of: 'text', text: planPage(command) }
      case 'log':
        return { of: 'log', lines: ['2026-11-22T08:58:01.120415Z  INFO engine: ready', '2026-11-22T09:00:12.004211Z  WARN a watched folder is away'], folder: 'C:\\Users\\Desk\\AppData\\Roaming\\frontdesk\\logs' }
      case 'licences':
        return { of: 'text', text: '# Third-party notices\n\n| crate | version | licence |\n|---|---|---|\n| axum | 0.8.9 | MIT |' }
      case 'report':
        return { of: 'text', text: 'Frontdesk 0.1.0\nDebian GNU/Linux 12, x86_64\n4 cores, 8 threads, 16.6 GB of memory, 9.1 GB free\nmodel smollm2-135m, sha256 91b7…, ready\nengine ready\n214 turns, 4 sources' }
    }
  }

  #view(): ComputerView {
    const used = this.models.find((model) => model.purpose === 'chat' && model.in_use)
    return structuredClone({
      machine: this.#machine,
      tier: this.#tier,
      models: this.models,
      in_use: used?.id ?? null,
      previous: this.previous,
      speed: used?.speed ?? null,
      problems: [],
    })
  }

  #model(id: string): ModelChoiceView {
    const model = this.models.find((one) => one.id === id)
    if (!model) throw apiError('not_found', `no model ${id}`)
    return model
  }

  #list(): ComputerReply {
    return { of: 'downloads', downloads: structuredClone(this.downloads) }
  }

  #start(id: string, size: number): ComputerReply {
    const { name, size_bytes } = this.#model(id)
    if (size !== size_bytes) throw apiError('invalid', 'the size has changed', 'Look at the offer again.')
    this.downloads.unshift({ id, name, state: 'running', have_bytes: 0, size_bytes, bytes_per_second: 0, seconds_left: null, error: null })
    return this.#list()
  }

  #set(id: string, change: Partial<DownloadView>): ComputerReply {
    const download = this.downloads.find((one) => one.id === id)
    if (!download) throw apiError('not_found', `no download ${id}`)
    Object.assign(download, change)
    return this.#list()
  }

  #go(download: DownloadView): void {
    if (download.state === 'checking') {
      download.state = 'done'
      this.#model(download.id).state = 'ready'
    }
    if (download.state !== 'running') return
    download.have_bytes = Math.min(download.size_bytes, download.have_bytes + Math.ceil(download.size_bytes / STEPS))
    const left = download.size_bytes - download.have_bytes
    download.bytes_per_second = 12_400_000
    download.seconds_left = Math.round(left / download.bytes_per_second)
    if (this.#options.diskFills && left <= download.size_bytes / 2) {
      this.#options.diskFills = false
      const error = apiError('unavailable', 'the disk is full', 'Free 3 GB on the disk, then go on.')
      Object.assign(download, { state: 'failed', bytes_per_second: 0, seconds_left: null, error })
    } else if (left === 0) {
      Object.assign(download, { state: 'checking', bytes_per_second: 0, seconds_left: null })
    }
  }

  #import(paths: string[], inPlace: boolean): ComputerReply {
    return { of: 'imported', models: paths.map((path) => this.#take(path, inPlace)) }
  }

  #take(path: string, inPlace: boolean): ImportedModelView {
    const file = path.split('/').at(-1) ?? path
    if (/photo/.test(file)) {
      const error = apiError('model_refused', `${file} is not a model`, 'Choose a model that was made for programs like this one.')
      return { path, id: '', name: '', known: false, warnings: [], error }
    }
    const known = this.models.find((one) => file.toLowerCase().startsWith(one.id))
    if (known) {
      Object.assign(known, { state: 'ready', ...(inPlace && { origin: 'in_place' }) })
      return { path, id: known.id, name: known.name, known: true, warnings: [], error: null }
    }
    const name = FOUND.find((one) => one.path === path)?.name ?? file.replace(/\.gguf$/, '')
    const rest = { id: name, name, origin: inPlace ? 'in_place' : 'own', state: 'ready', host: '', licence: 'unknown', summary: '' } as const
    const warnings = ['Its licence is not known.']
    this.models.push({ ...this.#model('qwen3-1.7b'), ...rest, warnings, reason: 'It fits into the free memory.', verdict: 'fits' })
    return { path, id: name, name, known: false, warnings, error: null }
  }

  #use(id: string): ComputerReply {
    const before = this.models.find((model) => model.purpose === 'chat' && model.in_use)
    if (before) before.in_use = false
    this.previous = before?.id ?? null
    this.#model(id).in_use = true
    return { of: 'overview', ...this.#view() }
  }
}
