// The staff side of the fake desk: a little knowledge that can be changed.
import type {
  Desk,
  Doctor,
  GapView,
  Health,
  KioskFace,
  ImportReport,
  Role,
  SettingsView,
  SourceView,
  StaffCommand,
  StaffReply,
} from '../../bindings/wire'
import { apiError } from '../errors'
import { FakeAnswers } from './answers'
import { FakeFacts } from './facts'
import { FakeImports } from './imports'
import { FakeLearning } from './learning'
import { HAND_OVER, SUGGESTIONS } from './plans'
import { FakeTickets } from './tickets'

const READY: Health = { state: 'ready' }

const SOURCES: SourceView[] = [
  { id: 1, source: 'returns.md', title: 'Returns, exchanges and refunds', kind: 'markdown', passages: 42, embedded: 42, faqs: 0, warnings: [] },
  { id: 2, source: 'shipping.md', title: 'Delivery and collection', kind: 'markdown', passages: 38, embedded: 38, faqs: 0, warnings: [] },
  { id: 3, source: 'repairs.html', title: 'Repairs and spare parts', kind: 'html', passages: 31, embedded: 12, faqs: 0, warnings: ['2 pictures were left out'] },
  { id: 4, source: 'faq.csv', title: 'faq.csv', kind: 'faq', passages: 0, embedded: 0, faqs: 68, warnings: [] },
]

const GAPS: GapView[] = [
  { question: 'Is there parking for a camper?', count: 7, last_at: 1_760_000_000 },
  { question: 'Do you sell gift cards?', count: 3, last_at: 1_760_100_000 },
  { question: 'May I bring my dog?', count: 1, last_at: 1_760_200_000 },
]

export const KIOSK_FACE: KioskFace = {
  idle_s: 60,
  warning_s: 15,
  topics: [
    { label: 'Opening hours', question: 'When are you open?' },
    { label: 'Returns', question: 'Can I bring back shoes?' },
    { label: 'My order', question: 'Where is my order?' },
    { label: 'Repairs', question: 'Do you repair zips?' },
  ],
  languages: ['en', 'ar'],
  low_reach: false,
  speech: true,
  take_along: true,
  keyboard: true,
  demo: false,
  has_pin: true,
}

export class FakeOffice {
  health: Health
  settings: SettingsView
  sources: SourceView[]
  readonly answers: FakeAnswers
  readonly learning: FakeLearning
  readonly facts: FakeFacts
  readonly imports = new FakeImports((path) => this.import([path]))
  gaps: GapView[]
  name: string
  kiosk: KioskFace
  readonly tickets: FakeTickets

  constructor(options: { health?: Health; language?: string; empty?: boolean; name?: string | undefined; kiosk?: Partial<KioskFace>; faqs?: number | undefined }) {
    this.kiosk = { ...KIOSK_FACE, ...options.kiosk }
    this.name = options.name ?? 'Harbour Outfitters'
    this.health = options.health ?? READY
    this.tickets = new FakeTickets(options)
    this.settings = {
      generation: 'when_proven',
      caution: 'balanced',
      language: options.language ?? '',
      refusal: 'I can help with returns, delivery and repairs.',
      hand_over: HAND_OVER,
      second_person: false, expert: false,
    }
    this.sources = options.empty ? [] : structuredClone(SOURCES)
    this.answers = new FakeAnswers(options.faqs, options.empty)
    this.learning = new FakeLearning(this.answers, this, options.empty)
    this.facts = new FakeFacts(options.empty)
    this.gaps = options.empty ? [] : structuredClone(GAPS)
  }

  desk(preparing: boolean, role: Role): Desk {
    return {
      name: this.name,
      welcome: 'Hello! Ask me about returns, delivery, sizes and our workshop.',
      suggestions: SUGGESTIONS,
      hand_over: this.settings.hand_over,
      documents: this.sources.filter((source) => source.kind !== 'faq').length,
      answers: this.answers.faqs.filter((faq) => faq.status === 'approved').length,
      language: this.settings.language,
      role,
      health: this.health,
      preparing,
      kiosk: this.kiosk,
      look: { colour: '', logo_mark: '', welcomes: [] },
    }
  }

  answer(command: StaffCommand): StaffReply {
    const ticket = this.tickets.answer(command)
    if (ticket) return ticket
    switch (command.do) {
      case 'health':
        return { is: 'health', chat: this.health, embedding: READY }
      case 'doctor':
        return { is: 'doctor', ...this.doctor() }
      case 'sources':
        return { is: 'sources', sources: structuredClone(this.sources) }
      case 'faqs':
        return { is: 'faqs', ...this.answers.find(command.contains, command.offset, command.limit) }
      case 'add_faq': {
        const { question, answer, alternatives } = command
        return { is: 'added', id: this.answers.draft({ question, answer, alternatives }) }
      }
      case 'set_faq_status':
        this.answers.setStatus(command.id, command.status)
        return { is: 'done' }
      case 'learning':
        return { is: 'learning', ...this.learning.answer(command) }
      case 'facts':
        return { is: 'facts', ...structuredClone(this.facts.facts) }
      case 'save_facts': {
        const { time_zone, places, prices } = command
        this.facts.facts = structuredClone({ time_zone, places, prices })
        return { is: 'done' }
      }
      case 'choose_and_import':
        return this.import(['opening-hours.md', 'photo.heic'])
      case 'import':
        return this.import(command.paths)
      case 'remove_source':
        this.sources = this.sources.filter((source) => source.id !== command.id)
        return { is: 'done' }
      case 'gaps':
        return { is: 'gaps', gaps: structuredClone(this.gaps) }
      case 'search':
        return { is: 'hits', hits: [] }
      case 'sit_exam':
        return {
          is: 'exam',
          model: 'smollm2-135m',
          mark: 0.42,
          passed: false,
          invented: 3,
          answerable: [9, 20],
          unanswerable: [6, 10],
          traps: [2, 6],
          own: [4, 10],
          seconds: 84,
          reasons: [],
        }
      case 'settings':
        return { is: 'settings', ...this.settings }
      case 'change_settings': {
        const { do: _command, ...change } = command
        this.settings = { ...this.settings, ...change }
        return { is: 'settings', ...this.settings }
      }
      default: {
        const reply = this.imports.answer(command)
        if (reply) return reply
        throw apiError('unavailable', `${command.do} is not in the try-out desk`)
      }
    }
  }

  private import(paths: string[]): StaffReply {
    const reports = paths.map((path): ImportReport => {
      const none = { passages: 0, faqs: 0, orders: 0, warnings: [] }
      if (!/\.(md|txt|html|csv)$/.test(path)) {
        const error = apiError('bad_file', `cannot read ${path}`, 'Save it as text, Markdown, HTML or CSV first.')
        return { path, kind: '', state: 'rejected', ...none, error }
      }
      return { path, kind: 'markdown', state: 'ready', ...none, passages: 6, error: null }
    })
    for (const report of reports) {
      if (report.state !== 'ready') continue
      const { path, kind, passages } = report
      this.sources.push({ id: this.sources.length + 1, source: path, title: path, kind, passages, embedded: 0, faqs: 0, warnings: [] })
    }
    return { is: 'imported', reports }
  }

  doctor(): Doctor {
    const problems = this.health.state === 'failed' ? [apiError('engine_down', 'the writing engine stopped', 'Close other programs and wait a minute; it starts by itself.')] : []
    return {
      machine: {
        system: 'Debian GNU/Linux 12',
        processor: 'Quad-core 2.4 GHz',
        physical_cores: 4,
        logical_cores: 8,
        memory_bytes: 16_584_000_000,
        memory_free_bytes: 9_120_000_000,
        performance_cores: 4,
        architecture: 'x86_64',
        instructions: ['avx2', 'fma'],
        disk_free_bytes: 120_000_000_000,
        power: 'mains',
        virtualised: null,
        devices: [],
        without_graphics: null,
      },
      build: { version: '0.1.0', engine: '', computes_on: '', clock: 1_763_800_000 },
      tier: { id: 't2', name: 'Good office computer', answers: 'quote', model: 'qwen3-4b-instruct', why: ['16 GB of memory and no graphics card.', 'A model of 4 billion parameters starts its answer within 3 seconds.'] },
      models: [
        { id: 'smollm2-135m', purpose: 'chat', size_bytes: 98_362_432, sha256: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', licence: 'Apache-2.0', state: 'ready', exam: 0.42 },
        { id: 'all-minilm-l6-v2', purpose: 'embedding', size_bytes: 25_000_000, sha256: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', licence: 'Apache-2.0', state: 'ready', exam: null },
        { id: 'multilingual-e5-small', purpose: 'embedding', size_bytes: 82_000_000, sha256: 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', licence: 'MIT', state: 'missing', exam: null },
      ],
      data: {
        folder: 'C:\\Users\\Desk\\AppData\\Roaming\\frontdesk',
        sources: this.sources.length,
        passages: this.sources.reduce((sum, source) => sum + source.passages, 0),
        embedded: this.sources.reduce((sum, source) => sum + source.embedded, 0),
        faqs: this.answers.faqs.length,
        turns: 214,
        kb_version: 12,
        sqlite: '3.51.3',
      },
      engine: { chat: this.health, embedding: READY },
      problems,
      notes: [],
    }
  }
}
