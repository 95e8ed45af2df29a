// What the desk knows: sources, approved answers and gaps, and the ways to change them.
import type { ApiError, FaqStatus, FaqView, GapView, ImportReport, SourceView, StaffCommand, StaffReply } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

const PAGE_ROWS = 100

export class Knowledge {
  sources = $state<SourceView[] | null>(null)
  faqs = $state<FaqView[]>([])
  faqTotal = $state(0)
  gaps = $state<GapView[]>([])
  reports = $state<ImportReport[] | null>(null)
  contains = $state('')
  isImporting = $state(false)
  error = $state<ApiError | null>(null)
  #host: Host
  #changed: () => void

  constructor(host: Host, changed: () => void) {
    this.#host = host
    this.#changed = changed
  }

  /** Whether a file dialog can be shown; otherwise a path is typed. */
  get canChooseFiles(): boolean {
    return this.#host.capabilities.chooseFiles
  }

  async load(): Promise<void> {
    await this.#try(async () => {
      const [sources, gaps] = await Promise.all([this.#send({ do: 'sources' }), this.#send({ do: 'gaps' })])
      if (sources.is === 'sources') this.sources = sources.sources
      if (gaps.is === 'gaps') this.gaps = gaps.gaps
      await this.#loadFaqs(0)
    })
  }

  async search(contains: string): Promise<void> {
    this.contains = contains
    await this.#try(() => this.#loadFaqs(0))
  }

  async moreFaqs(): Promise<void> {
    await this.#try(() => this.#loadFaqs(this.faqs.length))
  }

  async importFiles(paths: string[] | null): Promise<void> {
    this.isImporting = true
    this.reports = null
    const command: StaffCommand = paths ? { do: 'import', paths } : { do: 'choose_and_import' }
    await this.#change(async () => {
      const reply = await this.#send(command)
      if (reply.is === 'imported') this.reports = reply.reports
    })
    this.isImporting = false
  }

  async removeSource(id: number): Promise<void> {
    await this.#change(() => this.#send({ do: 'remove_source', id }))
  }

  async setStatus(id: number, status: FaqStatus): Promise<void> {
    await this.#change(() => this.#send({ do: 'set_faq_status', id, status }))
  }

  /** Adds a draft; true when it is saved. */
  async addFaq(question: string, answer: string, alternatives: string[]): Promise<boolean> {
    return this.#change(() => this.#send({ do: 'add_faq', question, answer, alternatives }))
  }

  async #loadFaqs(offset: number): Promise<void> {
    const contains = this.contains
    const reply = await this.#send({ do: 'faqs', contains, offset, limit: PAGE_ROWS })
    // Typing goes on while a reply is under way; only the newest search counts.
    if (reply.is !== 'faqs' || contains !== this.contains) return
    this.faqs = offset === 0 ? reply.faqs : [...this.faqs, ...reply.faqs]
    this.faqTotal = reply.total
  }

  #send(command: StaffCommand): Promise<StaffReply> {
    return this.#host.manage(command)
  }

  async #change(work: () => Promise<unknown>): Promise<boolean> {
    const done = await this.#try(work)
    if (done) {
      await this.load()
      this.#changed()
    }
    return done
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      this.error = null
      await work()
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    }
  }
}
