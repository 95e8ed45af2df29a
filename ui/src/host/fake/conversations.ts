// The try-out desk's conversations: a few by hand, and as many others as a busy week brings.
import type { ConversationsCommand, ConversationsReply, Route, SaidView, TalkDetail, TalkFilter, TalkView } from '../../bindings/wire'
import { apiError } from '../errors'

const NEWEST = 1_795_350_600
const ASKED: [question: string, answer: string, route: Route, language: string][] = [
  ['When do you open?', 'We open Monday to Saturday from 9:00 to 18:00.', 'faq', 'en'],
  ['Where is my order [number]? My mail is [e-mail]', 'Please type your order number into the form.', 'order', 'en'],
  ['Kann ich getragene Wanderschuhe zurückgeben?', 'You can bring shoes back within 30 days if they have not been worn outside.', 'quote', 'de'],
  ['Is there parking for a camper?', 'I can help with returns, delivery and repairs.', 'refused', 'en'],
  ['هل تشحنون إلى النرويج؟', 'We ship to Norway by post; it takes 6 to 9 working days.', 'faq', 'ar'],
  ['delivery ireland', 'Did you mean one of these?', 'did_you_mean', ''],
]

type Talk = { view: TalkView; detail: TalkDetail }

function turnOf(number: number, at: number): SaidView {
  const [question, answer, route, language] = ASKED[number % ASKED.length]!
  const sources = route === 'faq' ? ['When do you open?'] : route === 'quote' ? ['Returns, exchanges and refunds'] : []
  return { turn_id: number + 1, at, language, question, answer, route, sources, helpful: null, note: '', total_ms: 40 + ((number * 37) % 900), interrupted: false, erased: false }
}

function talkOf(number: number): Talk {
  const last_at = NEWEST - number * 2_711
  const many = 1 + (number % 3)
  const turns = Array.from({ length: many }, (_, index) => turnOf(number + index, last_at - (many - 1 - index) * 75))
  const unhappy = number % 7 === 3
  const last = turns.at(-1)!
  if (unhappy) Object.assign(last, { helpful: false, note: 'I still do not know.' })
  const erased = number >= 8 && number % 5 === 0
  if (erased) for (const turn of turns) Object.assign(turn, { question: '', answer: '', note: '', sources: [], erased: true })
  const id = `talk-${number}`
  const routes = [...new Set(turns.map((turn) => turn.route))].sort()
  return {
    view: { id, started_at: turns[0]!.at, last_at, language: last.language, turns: many, last_question: last.question, routes, unhappy, erased, ticket: number === 1 ? 2 : null },
    detail: { id, turns, staff: [] },
  }
}

export class FakeConversations {
  talks: Talk[]

  constructor(options: { empty?: boolean; talks?: number } = {}) {
    this.talks = options.empty ? [] : Array.from({ length: options.talks ?? 240 }, (_, number) => talkOf(number))
  }

  async answer(command: ConversationsCommand): Promise<ConversationsReply> {
    switch (command.what) {
      case 'state':
        return { of: 'state', ...this.#counts() }
      case 'list': {
        const found = this.#find(command.filter)
        const talks = found.slice(command.offset, command.offset + command.limit).map((talk) => structuredClone(talk.view))
        return { of: 'talks', talks, total: found.length, all: this.#counts() }
      }
      case 'one': {
        const talk = this.talks.find((one) => one.view.id === command.id)
        if (!talk) throw apiError('not_found', 'the conversation went away in the meantime', 'Open the list again and try once more.')
        return { of: 'talk', ...structuredClone(talk.detail) }
      }
      case 'export': {
        const found = this.#find(command.filter)
        const turns = found.reduce((sum, talk) => sum + talk.view.turns, 0)
        const file = `conversations-2026-11-22.${command.format}`
        return { of: 'exported', file, text: command.to.to === 'page' ? 'conversation,time\r\n' : null, conversations: found.length, turns }
      }
      case 'erase': {
        const goes = (talk: Talk) => (command.ids === null || command.ids.includes(talk.view.id)) && talk.view.ticket === null
        const waiting = this.talks.filter((talk) => (command.ids === null || command.ids.includes(talk.view.id)) && !goes(talk)).length
        const gone = this.talks.filter(goes)
        this.talks = this.talks.filter((talk) => !goes(talk))
        return { of: 'erased', conversations: gone.length, turns: gone.reduce((sum, talk) => sum + talk.view.turns, 0), gaps: 0, waiting }
      }
    }
  }

  #find(filter: TalkFilter): Talk[] {
    const wanted = (filter.contains ?? '').toLowerCase()
    return this.talks.filter(({ view, detail }) => {
      const says = !wanted || detail.turns.some((turn) => `${turn.question} ${turn.answer}`.toLowerCase().includes(wanted))
      const goes = !filter.route || view.routes.includes(filter.route)
      return says && goes && view.last_at >= (filter.from ?? -Infinity) && view.last_at < (filter.until ?? Infinity)
    })
  }

  #counts() {
    const turns = (talks: Talk[]) => talks.reduce((sum, talk) => sum + talk.view.turns, 0)
    const waiting = this.talks.filter((talk) => talk.view.ticket !== null)
    return { conversations: this.talks.length, turns: turns(this.talks), waiting: waiting.length, waiting_turns: turns(waiting) }
  }
}
