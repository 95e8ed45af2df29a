// The questions of one visitor and what became of them.
import type { ApiError, Citation, HandedOver, OrderReply, Route, StaffMessage, Turn, TurnEvent } from '../../bindings/wire'
import { apiError, toApiError } from '../../host/errors'
import type { Host } from '../../host/types'
import { language } from '../../i18n/i18n.svelte'
import { cleanText } from '../../shared/clean-text'

export const QUESTION_CHARACTERS = 1_000
const STOP_PATIENCE_MILLISECONDS = 3_000
const STAFF_MILLISECONDS = 4_000

export type Phase = 'looking' | 'writing' | 'finished' | 'failed'

export type Exchange = {
  askId: string
  question: string
  phase: Phase
  stopping: boolean
  /** How many come first while the model writes for others; null once it is this one's turn. */
  ahead: number | null
  route: Route | null
  citations: Citation[]
  text: string
  turn: Turn | null
  error: ApiError | null
  helpful: boolean | null
}

export class Conversation {
  exchanges = $state<Exchange[]>([])
  /** The open ticket's number, once staff was called. */
  ticket = $state<number | null>(null)
  /** What staff wrote, oldest first. */
  staffMessages = $state<StaffMessage[]>([])
  #staffTimer: ReturnType<typeof setTimeout> | undefined
  #host: Host
  #id = freshId()

  constructor(host: Host) {
    this.#host = host
  }

  get latest(): Exchange | undefined {
    return this.exchanges.at(-1)
  }

  get isAnswering(): boolean {
    return this.latest?.phase === 'looking' || this.latest?.phase === 'writing'
  }

  /** Asks one question; does nothing while another is being answered. */
  async ask(words: string): Promise<void> {
    const question = cleanText(words.slice(0, QUESTION_CHARACTERS)).trim()
    if (!question || this.isAnswering) return
    const exchange = this.#append(question)
    const { askId: ask_id } = exchange
    try {
      const command = { do: 'ask', ask_id, question, conversation: this.#id, language: language() } as const
      const reply = await this.#host.visit(command, (event) => hear(exchange, event))
      if (reply.is !== 'turn') return
      finish(exchange, reply)
      if (reply.conversation === this.#id && reply.ticket !== null) this.#listen(reply.ticket)
    } catch (reason) {
      fail(exchange, toApiError(reason))
    }
  }

  /** Stops the answer; after a while without a reaction the page stops listening by itself. */
  async stop(): Promise<void> {
    const exchange = this.latest
    if (!exchange || !this.isAnswering || exchange.stopping) return
    exchange.stopping = true
    const giveUp = () => fail(exchange, { code: 'cancelled', message: 'stopped by the visitor', hint: null })
    setTimeout(giveUp, STOP_PATIENCE_MILLISECONDS)
    await this.#host.visit({ do: 'cancel', ask_id: exchange.askId }).catch(giveUp)
  }

  async rate(exchange: Exchange, helpful: boolean): Promise<void> {
    if (!exchange.turn || exchange.helpful === helpful) return
    const before = exchange.helpful
    exchange.helpful = helpful
    const { turn_id } = exchange.turn
    await this.#host.visit({ do: 'rate', turn_id, helpful, note: '' }).catch(() => (exchange.helpful = before))
  }

  /** Tries to open an order. Number, proof and order are handed through, never kept here. */
  async verifyOrder(number: string, proof: string): Promise<OrderReply> {
    const command = { do: 'verify_order', number, proof, conversation: this.#id, language: language() } as const
    const reply = await this.#host.visit(command)
    if (reply.is !== 'order') throw apiError('internal', `the desk answered ${reply.is} to an order`)
    return reply
  }

  /** Tells staff that somebody waits; from then on their words are looked for. */
  async handOver(contact: string, note: string): Promise<HandedOver> {
    const conversation = this.#id
    const said = { contact: cleanText(contact), note: cleanText(note) }
    const reply = await this.#host.visit({ do: 'hand_over', conversation, ...said, language: language() })
    if (reply.is !== 'handed_over') throw apiError('internal', `the desk answered ${reply.is} to a wish for a person`)
    if (conversation === this.#id) this.#listen(reply.ticket)
    return reply
  }

  #listen(ticket: number): void {
    if (this.ticket === ticket) return
    this.ticket = ticket
    void this.#hearStaff(this.#id)
  }

  async #hearStaff(conversation: string): Promise<void> {
    clearTimeout(this.#staffTimer)
    try {
      const reply = await this.#host.visit({ do: 'conversation', conversation, after: this.staffMessages.at(-1)?.id ?? 0 })
      if (conversation !== this.#id) return
      if (reply.is === 'conversation') this.staffMessages.push(...reply.messages)
    } catch {
      // Asked again in a moment; nothing is lost meanwhile.
    }
    if (conversation === this.#id) this.#staffTimer = setTimeout(() => void this.#hearStaff(conversation), STAFF_MILLISECONDS)
  }

  /** Forgets everything, here and on the desk. */
  async startOver(): Promise<void> {
    void this.stop()
    const conversation = this.#id
    this.#id = freshId()
    this.exchanges = []
    clearTimeout(this.#staffTimer)
    this.ticket = null
    this.staffMessages = []
    await this.#host.visit({ do: 'start_over', conversation }).catch(() => undefined)
  }

  #append(question: string): Exchange {
    const count = this.exchanges.push({
      askId: freshId(),
      question,
      phase: 'looking',
      stopping: false,
      ahead: null,
      route: null,
      citations: [],
      text: '',
      turn: null,
      error: null,
      helpful: null,
    })
    // Read back, because only the stored copy is watched by the page.
    return this.exchanges[count - 1] as Exchange
  }
}

function isOver(exchange: Exchange): boolean {
  return exchange.phase === 'finished' || exchange.phase === 'failed'
}

function hear(exchange: Exchange, event: TurnEvent): void {
  if (isOver(exchange)) return
  switch (event.event) {
    case 'waiting':
      exchange.ahead = event.ahead
      return
    case 'routed':
      exchange.ahead = null
      exchange.route = event.route
      return
    case 'sources':
      exchange.citations = event.citations
      return
    case 'token':
      exchange.text += cleanText(event.text)
      exchange.phase = 'writing'
      return
    case 'replaced':
      exchange.text = cleanText(event.text)
      exchange.phase = 'writing'
      return
    case 'done':
      return finish(exchange, event.turn)
    case 'failed':
      return fail(exchange, event.error)
  }
}

function finish(exchange: Exchange, turn: Turn): void {
  if (isOver(exchange)) return
  exchange.turn = turn
  exchange.route = turn.route
  exchange.citations = turn.citations
  exchange.text = cleanText(turn.answer)
  exchange.error = turn.error
  exchange.phase = 'finished'
}

function fail(exchange: Exchange, error: ApiError): void {
  if (isOver(exchange)) return
  exchange.error = error
  exchange.phase = 'failed'
}

function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
