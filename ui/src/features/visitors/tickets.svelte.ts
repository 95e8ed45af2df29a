// Who waits for a person: the list, the one that is open, and what is new in it. Asks again every few seconds.
import type { ApiError, StaffCommand, StaffReply, TicketDetail, TicketView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

const PAUSE_MILLISECONDS = 4_000
const SEEN = 'frontdesk-tickets-seen'

export class Tickets {
  list = $state<TicketView[] | null>(null)
  chosen = $state<number | null>(null)
  detail = $state<TicketDetail | null>(null)
  showDone = $state(false)
  isSending = $state(false)
  error = $state<ApiError | null>(null)
  /** When each ticket was last looked at, in seconds of what the visitor had said by then. */
  #seen = $state<Record<string, number>>(readSeen())
  #host: Host
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: Host) {
    this.#host = host
  }

  /** Who waits longest comes first, an emergency before everybody. */
  get sorted(): TicketView[] {
    const rank = (ticket: TicketView) => (ticket.state === 'closed' ? 3 : ticket.state === 'human' ? 2 : ticket.reason === 'emergency' ? 0 : 1)
    const newer = (one: TicketView, other: TicketView) => (one.state === 'closed' ? other.id - one.id : one.id - other.id)
    return [...(this.list ?? [])].sort((one, other) => rank(one) - rank(other) || newer(one, other))
  }

  get waiting(): number {
    return (this.list ?? []).filter((ticket) => ticket.state === 'requested').length
  }

  isNew(ticket: TicketView): boolean {
    return ticket.state !== 'closed' && (this.#seen[ticket.id] ?? 0) < ticket.said_at
  }

  start(): () => void {
    void this.look()
    this.#timer = setInterval(() => void this.look(), PAUSE_MILLISECONDS)
    return () => clearInterval(this.#timer)
  }

  async look(): Promise<void> {
    try {
      const reply = await this.#send({ do: 'tickets', open_only: !this.showDone })
      if (reply.is === 'tickets') this.list = reply.tickets
      if (this.chosen !== null) await this.#read(this.chosen)
      this.error = null
    } catch (reason) {
      this.error = toApiError(reason)
    }
  }

  async choose(id: number): Promise<void> {
    this.chosen = id
    if (this.detail?.ticket.id !== id) this.detail = null
    await this.#try(() => this.#read(id))
  }

  async setShowDone(showDone: boolean): Promise<void> {
    this.showDone = showDone
    await this.look()
  }

  take = (id: number) => this.#change({ do: 'take_ticket', id })
  close = (id: number) => this.#change({ do: 'close_ticket', id })
  /** True when the reply is on its way to the visitor. */
  reply = (id: number, text: string) => this.#change({ do: 'reply_ticket', id, text })

  async #change(command: StaffCommand): Promise<boolean> {
    this.isSending = true
    const done = await this.#try(() => this.#send(command))
    this.isSending = false
    if (done) await this.look()
    return done
  }

  async #read(id: number): Promise<void> {
    const reply = await this.#send({ do: 'ticket', id })
    if (reply.is !== 'ticket' || this.chosen !== id) return
    this.detail = { ticket: reply.ticket, lines: reply.lines }
    this.#seen = { ...this.#seen, [id]: reply.ticket.said_at }
    sessionStorage.setItem(SEEN, JSON.stringify(this.#seen))
  }

  #send(command: StaffCommand): Promise<StaffReply> {
    return this.#host.manage(command)
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

function readSeen(): Record<string, number> {
  try {
    return JSON.parse(sessionStorage.getItem(SEEN) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
