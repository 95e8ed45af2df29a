// Conversations: the ones that match, the one that is open, and the ways to keep or erase them.
import type { ApiError, ExportFormat, Route, TalkCounts, TalkDetail, TalkFilter, TalkView } from '../../bindings/wire'
import { askConversations } from '../../host/desk-parts'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

const PAGE_ROWS = 100

/** What became of an export or an erasure, to be said in words. */
export type TalkNews = { of: 'exported'; file: string; conversations: number } | { of: 'erased'; conversations: number; turns: number; waiting: number }

export class Talks {
  rows = $state<TalkView[] | null>(null)
  total = $state(0)
  all = $state<TalkCounts>({ conversations: 0, turns: 0, waiting: 0, waiting_turns: 0 })
  contains = $state('')
  route = $state<Route | ''>('')
  /** Days as a date field holds them. */
  fromDay = $state('')
  untilDay = $state('')
  chosen = $state<string | null>(null)
  detail = $state<TalkDetail | null>(null)
  news = $state<TalkNews | null>(null)
  isWorking = $state(false)
  error = $state<ApiError | null>(null)
  #host: Host
  #asked = 0

  constructor(host: Host) {
    this.#host = host
  }

  /** Whether a folder can be picked; otherwise the page keeps the file. */
  get canChooseFolder(): boolean {
    return this.#host.capabilities.chooseFiles && !this.#host.capabilities.saveFiles
  }

  get isFiltered(): boolean {
    return this.contains.trim() !== '' || this.route !== '' || this.fromDay !== '' || this.untilDay !== ''
  }

  filter(): TalkFilter {
    const filter: TalkFilter = {}
    if (this.contains.trim()) filter.contains = this.contains.trim()
    if (this.route) filter.route = this.route
    const from = startOf(this.fromDay, 0)
    const until = startOf(this.untilDay, 1)
    if (from !== null) filter.from = from
    if (until !== null) filter.until = until
    return filter
  }

  look = () => this.#try(() => this.#load(0))
  more = () => this.#try(() => this.#load(this.rows?.length ?? 0))

  async choose(id: string): Promise<void> {
    this.chosen = id
    if (this.detail?.id !== id) this.detail = null
    await this.#try(async () => {
      const detail = await askConversations(this.#host, ['talk'], { what: 'one', id })
      if (this.chosen === id) this.detail = detail
    })
  }

  /** Gives the text where the page has to keep it; `null` where a file was written, or nothing. */
  async export(format: ExportFormat): Promise<{ file: string; text: string } | null> {
    let kept: { file: string; text: string } | null = null
    this.isWorking = true
    await this.#try(async () => {
      const to = { to: this.canChooseFolder ? ('chosen' as const) : ('page' as const) }
      const reply = await askConversations(this.#host, ['exported', 'nowhere'], { what: 'export', filter: this.filter(), format, to })
      if (reply.of === 'nowhere') return
      this.news = { of: 'exported', file: reply.file, conversations: reply.conversations }
      if (reply.text !== null) kept = { file: reply.file, text: reply.text }
    })
    this.isWorking = false
    return kept
  }

  /** Erases these conversations, or all of them. */
  async erase(ids: string[] | null): Promise<void> {
    this.isWorking = true
    await this.#try(async () => {
      const { conversations, turns, waiting } = await askConversations(this.#host, ['erased'], { what: 'erase', ids })
      this.news = { of: 'erased', conversations, turns, waiting }
      this.chosen = null
      this.detail = null
      await this.#load(0)
    })
    this.isWorking = false
  }

  async #load(offset: number): Promise<void> {
    const number = ++this.#asked
    const reply = await askConversations(this.#host, ['talks'], { what: 'list', filter: this.filter(), offset, limit: PAGE_ROWS })
    // Typing goes on while a reply is under way; only the newest search counts.
    if (number !== this.#asked) return
    const known = new Set(offset === 0 ? [] : this.rows?.map((row) => row.id))
    this.rows = [...(offset === 0 ? [] : (this.rows ?? [])), ...reply.talks.filter((talk) => !known.has(talk.id))]
    this.total = reply.total
    this.all = reply.all
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      this.error = null
      await work()
    } catch (reason) {
      this.error = toApiError(reason)
    }
  }
}

/** Seconds of the midnight with which a day begins here, some days later; `null` without a day. */
export function startOf(day: string, daysLater: number): number | null {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return null
  return new Date(year, month - 1, date + daysLater).getTime() / 1_000
}
