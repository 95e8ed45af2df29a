// A desk that lives in this page: deterministic, for tests and for `npm run dev` with `?fake`.
import type { Ask, Citation, Desk, Health, KioskFace, Turn, TurnEvent, VisitorReply } from '../bindings/wire'
import { apiError } from './errors'
import { FakeAccess } from './fake/access'
import { FakeNetwork } from './fake/network'
import { FakeComputer, type FakeComputerOptions } from './fake/computer'
import { FakeEngines } from './fake/engines'
import { FakeKiosk } from './fake/kiosk'
import { FakeLook } from './fake/look'
import { FakeSetup } from './fake/setup'
import { FakeConversations } from './fake/conversations'
import { FakeInsights } from './fake/insights'
import { FakeOpening } from './fake/opening'
import { FakeOffice } from './fake/office'
import { FakeOrders, verifyOrder } from './fake/orders'
import { mirror } from './fake/mirror'
import { FakeBackup } from './fake/backup'
import { FakePrivacy } from './fake/privacy'
import { HAND_OVER, PASSAGES, plan, type Plan } from './fake/plans'
import { whyOf } from './fake/why'
import type { Host, Surface } from './types'

export type FakeOptions = FakeComputerOptions & {
  surface?: Surface
  /** Between two pieces of an answer. */
  pauseMilliseconds?: number
  /** How many greetings say that the sample shop is still being read. */
  preparingGreetings?: number
  health?: Health
  language?: string
  empty?: boolean
  /** The first run is not over. */
  isNew?: boolean
  /** How many conversations are kept. */
  talks?: number
  name?: string | undefined
  /** How the visitors' screen behaves, where it differs. */
  kiosk?: Partial<KioskFace>
  /** How many answers the desk knows. */
  faqs?: number | undefined
}

export class FakeHost implements Host {
  readonly capabilities
  readonly office: FakeOffice
  readonly computer: FakeComputer
  readonly access = new FakeAccess()
  readonly kiosk = new FakeKiosk(() => this.access.pin !== '')
  readonly look: FakeLook
  readonly setup = new FakeSetup()
  readonly conversations: FakeConversations
  readonly insights: FakeInsights
  readonly opening: FakeOpening
  readonly privacy = new FakePrivacy()
  readonly network = new FakeNetwork()
  readonly engines: FakeEngines
  readonly backup = new FakeBackup()
  readonly orders: FakeOrders
  /** Every command that came in, oldest first. */
  readonly log: string[] = []
  #pause: number
  #preparing: number
  #stopped = new Set<string>()
  #turns = new Map<number, Turn>()

  constructor(options: FakeOptions = {}) {
    this.conversations = new FakeConversations(options)
    this.insights = new FakeInsights(options)
    this.engines = new FakeEngines(options)
    const staff = options.surface !== 'kiosk'
    this.capabilities = { staff, chooseFiles: staff, saveFiles: staff }
    this.office = new FakeOffice(options)
    this.look = new FakeLook(() => {
      const { name, welcome, suggestions, hand_over, look, kiosk } = this.office.desk(false, 'staff')
      const { colour, welcomes } = look
      return { name, welcome, suggestions, hand_over, colour, welcomes, logo: '', can_undo_logo: false, refusal: this.office.settings.refusal, languages: kiosk.languages }
    })
    if (options.isNew) this.setup.begin()
    const { machine, tier } = this.office.doctor()
    this.computer = new FakeComputer(machine, tier, options)
    this.opening = new FakeOpening({ ...options, failed: options.health?.state === 'failed' })
    this.orders = new FakeOrders(options)
    this.#pause = options.pauseMilliseconds ?? 0
    this.#preparing = options.preparingGreetings ?? 0
  }

  manage: Host['manage'] = async (command) => {
    this.log.push('what' in command ? command.what : command.do)
    if (!this.capabilities.staff) throw apiError('forbidden', 'visitors may not do this')
    if (command.do === 'computer') return { is: 'computer', ...(await this.computer.answer(command)) }
    switch (command.do) {
      case 'access':
        return { is: 'access', ...(await this.access.answer(command)) }
      case 'kiosk':
        return { is: 'kiosk', ...(await this.kiosk.answer(command)) }
      case 'look':
        return { is: 'look', ...(await this.look.answer(command)) }
      case 'setup':
        return { is: 'setup', ...(await this.setup.answer(command)) }
      case 'conversations':
        return { is: 'conversations', ...(await this.conversations.answer(command)) }
      case 'insights':
        return { is: 'insights', ...(await this.insights.answer(command)) }
      case 'opening':
        return { is: 'opening', ...(await this.opening.answer(command)) }
      case 'privacy':
        return { is: 'privacy', ...(await this.privacy.answer(command)) }
      case 'engines':
        return { is: 'engines', ...(await this.engines.answer(command)) }
      case 'network':
        return { is: 'network', ...(await this.network.answer(command)) }
      case 'backup':
        return { is: 'backup', ...(await this.backup.answer(command)) }
      case 'why_turn': {
        const turn = this.#turns.get(command.turn_id)
        if (!turn) throw apiError('not_found', `no answer ${command.turn_id}`)
        return { is: 'why', why: whyOf(turn) }
      }
      case 'forget_answer':
        return { is: 'done' }
      default:
        return this.orders.answer(command) ?? this.office.answer(command)
    }
  }

  visit: Host['visit'] = async (command, onEvent) => {
    this.log.push(command.do)
    switch (command.do) {
      case 'greet':
        return { is: 'desk', ...this.#desk() }
      case 'logo':
        return { is: 'logo', ...this.look.logo() }
      case 'ask':
        return this.#ask(command, onEvent ?? (() => {}))
      case 'cancel':
        this.#stopped.add(command.ask_id)
        return { is: 'done' }
      case 'unlock':
        return { is: 'unlock', ...this.access.unlock(command.pin) }
      case 'rate':
      case 'start_over':
        return { is: 'done' }
      case 'open_source':
        return this.#passage(command.turn_id, command.n)
      case 'verify_order':
        await this.#wait(4)
        return { is: 'order', ...verifyOrder(command.number, command.proof) }
      case 'hand_over': {
        const message = 'Somebody has been told. Your number is 1.'
        return { is: 'handed_over', conversation: command.conversation ?? 'c1', ticket: 1, message, hand_over: HAND_OVER, state: 'requested' }
      }
      case 'conversation':
        return { is: 'conversation', state: 'bot', ticket: null, messages: [] }
    }
  }

  #desk(): Desk {
    const preparing = this.#preparing > 0
    this.#preparing = Math.max(0, this.#preparing - 1)
    return this.look.dress(this.office.desk(preparing, this.capabilities.staff ? 'staff' : 'visitor'))
  }

  #passage(turnId: number, n: number): VisitorReply {
    const citation = this.#turns.get(turnId)?.citations.find((one) => one.n === n)
    if (!citation) throw apiError('not_found', 'no such source')
    const { passage, source, title, locator } = citation
    const text = PASSAGES[locator] ?? passage
    const start = [...text.slice(0, Math.max(0, text.indexOf(passage)))].length
    return { is: 'passage', source, title, locator, text, highlights: [[start, start + [...passage].length]] }
  }

  async #ask(ask: Ask, onEvent: (event: TurnEvent) => void): Promise<VisitorReply> {
    const planned = plan(ask.question)
    await this.#wait(2)
    for (let ahead = planned.ahead; planned.ahead > 0 && ahead >= 0; ahead -= 1) {
      onEvent({ event: 'waiting', ahead })
      await this.#wait(8)
    }
    onEvent({ event: 'routed', route: planned.route })
    if (planned.citations.length) onEvent({ event: 'sources', citations: planned.citations })
    let text = ''
    const pieces = planned.streamed.match(/\S+\s*/g) ?? []
    for (const [index, piece] of pieces.entries()) {
      if (this.#stopped.has(ask.ask_id)) break
      if (planned.crashes && index >= pieces.length / 2) return this.#crash(ask, planned, text, onEvent)
      onEvent({ event: 'token', text: piece })
      text += piece
      await this.#wait(1)
    }
    const interrupted = this.#stopped.has(ask.ask_id)
    if (planned.answer !== planned.streamed && !interrupted) {
      onEvent({ event: 'replaced', text: planned.answer })
      text = planned.answer
    }
    if (planned.recovers) this.office.health = { state: 'ready' }
    const turn = this.#turn(ask, planned, text.trim(), interrupted)
    if (planned.isReplaced) turn.error = apiError('engine_down', 'the engine stopped')
    onEvent({ event: 'done', turn })
    return { is: 'turn', ...turn }
  }

  #crash(ask: Ask, planned: Plan, text: string, onEvent: (event: TurnEvent) => void): VisitorReply {
    this.office.health = { state: 'failed', reason: 'the engine stopped' }
    const error = apiError('engine_down', 'the engine stopped', 'Ask again; the engine starts by itself.')
    const turn = { ...this.#turn(ask, planned, text.trim(), true), error }
    onEvent({ event: 'done', turn })
    return { is: 'turn', ...turn }
  }

  #turn(ask: Ask, planned: Plan, answer: string, interrupted: boolean): Turn {
    const citations: Citation[] = planned.citations
    const turn: Turn = {
      id: ask.ask_id,
      turn_id: this.#turns.size + 1,
      conversation: ask.conversation ?? '',
      question: ask.question,
      route: planned.route,
      answer,
      score: 0.9,
      support: 1,
      citations,
      suggestions: planned.suggestions,
      order_form: planned.orderForm,
      hand_over: planned.handOver,
      timing: { retrieve_ms: 4, first_token_ms: 0, total_ms: 6 },
      tokens: { prompt: 0, cached: 0, generated: 0 },
      kb_version: 1,
      model: null,
      state: 'bot',
      ticket: null,
      interrupted,
      error: null,
    }
    this.#turns.set(turn.turn_id, turn)
    return turn
  }

  #wait(pauses: number): Promise<void> {
    return this.#pause < 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, this.#pause * pauses))
  }
}

function kioskFrom(query: URLSearchParams): Partial<KioskFace> {
  const face: Partial<KioskFace> = { demo: query.has('demo'), low_reach: query.has('low-reach'), keyboard: !query.has('no-keyboard') }
  if (query.has('idle')) face.idle_s = Number(query.get('idle'))
  if (query.has('warning')) face.warning_s = Number(query.get('warning'))
  if (query.has('languages')) face.languages = (query.get('languages') ?? '').split('.')
  return face
}

/** Options from the address: `?fake&pause=80&preparing=3&failed&empty&disk-fills&unmeasured&language=ar&name=…&new&faqs=10000&demo&low-reach&idle=5&warning=5&languages=en.de&talks=5000&logo&say=…`; `pause=-1` for none at all. */
export function fakeHostFrom(query: URLSearchParams, surface: Surface): Host {
  const options: FakeOptions = {
    surface,
    pauseMilliseconds: Number(query.get('pause') ?? 40),
    preparingGreetings: Number(query.get('preparing') ?? 0),
    language: query.get('language') ?? '',
    empty: query.has('empty'),
    isNew: query.has('new'),
    diskFills: query.has('disk-fills'),
    unmeasured: query.has('unmeasured'),
    measureMilliseconds: Number(query.get('measure') ?? 6_000),
    name: query.get('name') ?? undefined,
    kiosk: kioskFrom(query),
    ...(query.has('talks') && { talks: Number(query.get('talks')) }),
    faqs: query.has('faqs') ? Number(query.get('faqs')) : undefined,
  }
  if (query.has('failed')) options.health = { state: 'failed', reason: 'the engine stopped' }
  const host = new FakeHost(options)
  if (query.has('no-pin')) host.access.pin = host.access.code = ''
  if (query.has('logo')) void host.look.answer({ what: 'set_logo', path: 'logo.png' })
  return query.has('say') ? mirror(host, () => (globalThis as { say?: string }).say ?? query.get('say') ?? '') : host
}
