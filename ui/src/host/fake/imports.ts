// Imports in the background and watched folders of the fake desk. Every look at an import moves it on.
import type { ImportFileView, ImportJobView, StaffCommand, StaffReply, WatchedFolderView } from '../../bindings/wire'
import { apiError } from '../errors'

const NOW = 1_795_300_000
const FILES = 4

export class FakeImports {
  jobs: ImportJobView[] = []
  folders: WatchedFolderView[] = []
  #files = new Map<number, ImportFileView[]>()
  #done: (path: string) => void

  /** `done` hears of each file that was read. */
  constructor(done: (path: string) => void) {
    this.#done = done
  }

  answer(command: StaffCommand): StaffReply | null {
    switch (command.do) {
      case 'start_import':
        return { is: 'import_started', id: this.#start(command.paths) }
      case 'import_jobs': {
        this.jobs.forEach((job) => this.#move(job))
        return { is: 'import_jobs', jobs: structuredClone(this.jobs) }
      }
      case 'import_job':
        return { is: 'import_job', job: structuredClone(this.#job(command.id)), files: structuredClone(this.#files.get(command.id) ?? []) }
      case 'pause_import':
        this.#job(command.id).state = 'paused'
        return { is: 'done' }
      case 'resume_import':
        this.#job(command.id).state = 'reading'
        return { is: 'done' }
      case 'cancel_import':
        this.#job(command.id).state = 'cancelled'
        return { is: 'done' }
      case 'watch_folder': {
        if (/missing/.test(command.path)) throw apiError('not_found', `there is no folder ${command.path}`, 'Check the path, and that the share is connected.')
        const id = this.folders.length + 1
        this.folders.push({ id, path: command.path, scanned_at: NOW, problem: null, files: 2 })
        return { is: 'added', id }
      }
      case 'unwatch_folder':
        this.folders = this.folders.filter((folder) => folder.id !== command.id)
        return { is: 'done' }
      case 'watched_folders':
        return { is: 'watched_folders', folders: structuredClone(this.folders) }
      default:
        return null
    }
  }

  #start(paths: string[]): number {
    const id = this.jobs.length + 1
    this.jobs.unshift({ id, paths, state: 'listing', created_at: NOW, finished_at: null, files: FILES, files_done: 0, pieces: 120, pieces_embedded: 111, seconds_left: 150 })
    this.#files.set(id, [])
    return id
  }

  #move(job: ImportJobView): void {
    if (job.state === 'listing') job.state = 'reading'
    else if (job.state === 'embedding') Object.assign(job, { state: 'done', finished_at: NOW, pieces_embedded: job.pieces, seconds_left: null })
    else if (job.state === 'reading') {
      job.files_done += 1
      const path = job.files === 1 ? (job.paths[0] ?? '') : `${job.paths[0]}/part-${job.files_done}.md`
      const isWhole = job.files_done !== 2
      const report = { path, kind: 'pdf', state: isWhole ? ('ready' as const) : ('partial' as const), passages: 6, faqs: 0, orders: 0, warnings: isWhole ? [] : ['page 3 is a picture without text'], error: null }
      this.#files.get(job.id)?.push({ path, report })
      this.#done(path)
      if (job.files_done >= job.files) job.state = 'embedding'
    }
  }

  #job(id: number): ImportJobView {
    const job = this.jobs.find((one) => one.id === id)
    if (!job) throw apiError('not_found', `no import ${id}`)
    return job
  }
}
