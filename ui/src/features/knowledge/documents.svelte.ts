// The documents of the desk: what is there, what is being read, which folders are watched.
import type { ApiError, ImportFileView, ImportJobView, ImportReport, SourceView, StaffCommand, StaffReply, WatchedFolderView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import { askLearning } from '../../host/learning'
import type { Host } from '../../host/types'
import { Work } from '../../shared/work.svelte'

const POLL_MILLISECONDS = 1_000
/** Imports that are over and still shown. */
const OLD_JOBS = 3
const FILES_SHOWN = 200

export const isUnderWay = (job: ImportJobView) => job.state === 'listing' || job.state === 'reading' || job.state === 'embedding'

export class Documents {
  sources = $state.raw<SourceView[] | null>(null)
  jobs = $state.raw<ImportJobView[]>([])
  folders = $state.raw<WatchedFolderView[]>([])
  reports = $state.raw<ImportReport[] | null>(null)
  /** The import whose files are open, with what became of each. */
  opened = $state.raw<{ id: number; files: ImportFileView[]; more: number } | null>(null)
  /** The document that was removed last, while it can come back. */
  removed = $state.raw<{ title: string; version: number } | null>(null)
  returned = $state<string | null>(null)
  isImporting = $state(false)
  work = new Work()
  #host: Host
  #changed: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #isStarted = false

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  get error(): ApiError | null {
    return this.work.error
  }

  /** Whether a file dialog can be shown; otherwise a path is typed. */
  get canChooseFiles(): boolean {
    return this.#host.capabilities.chooseFiles
  }

  /** Looks at everything, and again while something is being read. Returns how to stop. */
  start(): () => void {
    this.#isStarted = true
    void this.load()
    return () => {
      this.#isStarted = false
      clearTimeout(this.#timer)
    }
  }

  async load(): Promise<void> {
    await this.work.run(() => this.#look())
    this.#lookAgain()
  }

  async chooseFiles(): Promise<void> {
    this.isImporting = true
    this.reports = null
    await this.#change(async () => {
      const reply = await this.#send({ do: 'choose_and_import' })
      if (reply.is === 'imported') this.reports = reply.reports
    })
    this.isImporting = false
  }

  /** Reads a file or folder in the background; true when it has begun. */
  async addPath(path: string): Promise<boolean> {
    return this.#change(() => this.#send({ do: 'start_import', paths: [path], faq: false }))
  }

  async watch(path: string): Promise<boolean> {
    return this.#change(() => this.#send({ do: 'watch_folder', path }))
  }

  /** Keeps a version first where documents go along, so that they can come back. */
  async unwatch(folder: WatchedFolderView, versionName: string | null): Promise<boolean> {
    return this.#change(async () => {
      const kept = versionName === null ? null : (await askLearning(this.#host, 'published', { what: 'publish', name: versionName, anyway: true, by: '' })).version
      await this.#send({ do: 'unwatch_folder', id: folder.id, remove_documents: versionName !== null })
      if (kept) this.removed = { title: folder.path, version: kept.id }
    })
  }

  async move(id: number, how: 'pause_import' | 'resume_import' | 'cancel_import'): Promise<void> {
    await this.#change(() => this.#send({ do: how, id }))
  }

  /** Opens or closes the files of an import. */
  async openJob(id: number): Promise<void> {
    if (this.opened?.id === id) return void (this.opened = null)
    await this.work.run(async () => {
      const reply = await this.#send({ do: 'import_job', id, offset: 0, limit: FILES_SHOWN })
      if (reply.is === 'import_job') this.opened = { id, files: reply.files, more: Math.max(0, reply.job.files - reply.files.length) }
    })
  }

  /** Keeps a version first, so that the document can come back. */
  async remove(source: SourceView, versionName: string): Promise<void> {
    await this.#change(async () => {
      const { version } = await askLearning(this.#host, 'published', { what: 'publish', name: versionName, anyway: true, by: '' })
      await this.#send({ do: 'remove_source', id: source.id })
      this.removed = version ? { title: source.title || source.source, version: version.id } : null
    })
  }

  async bringBack(): Promise<void> {
    const removed = this.removed
    if (!removed) return
    await this.#change(async () => {
      await askLearning(this.#host, 'rolled_back', { what: 'roll_back', version: removed.version, by: '' })
      this.returned = removed.title
    })
  }

  #send(command: StaffCommand): Promise<StaffReply> {
    return this.#host.manage(command)
  }

  async #look(): Promise<void> {
    const [sources, jobs, folders] = await Promise.all([
      this.#send({ do: 'sources' }),
      this.#send({ do: 'import_jobs' }),
      this.#send({ do: 'watched_folders' }),
    ])
    if (sources.is === 'sources') this.sources = sources.sources
    if (folders.is === 'watched_folders') this.folders = folders.folders
    if (jobs.is !== 'import_jobs') return
    const over = jobs.jobs.filter((job) => job.state === 'done' || job.state === 'cancelled').slice(0, OLD_JOBS)
    this.jobs = jobs.jobs.filter((job) => over.includes(job) || isUnderWay(job) || job.state === 'paused')
  }

  #lookAgain(): void {
    clearTimeout(this.#timer)
    if (!this.#isStarted || !this.jobs.some(isUnderWay)) return
    this.#timer = setTimeout(async () => {
      try {
        await this.#look()
        if (!this.jobs.some(isUnderWay)) this.#changed()
      } catch (reason) {
        this.work.error = toApiError(reason)
      }
      this.#lookAgain()
    }, POLL_MILLISECONDS)
  }

  /** Whatever changes takes the way back with it: going back would undo the later change too. */
  async #change(work: () => Promise<unknown>): Promise<boolean> {
    const before = this.removed
    this.returned = null
    const isDone = await this.work.run(async () => {
      await work()
      if (this.removed === before) this.removed = null
      await this.#look()
    })
    this.#lookAgain()
    if (isDone) this.#changed()
    return isDone
  }
}
