// Whatever stands in an answer, a title, a passage, a question or an order: it is text. Whole pages are tried in e2e/inert.mjs.
import { cleanup, render } from '@testing-library/svelte'
import { afterEach, expect, it } from 'vitest'
import { LOADING, PAYLOADS } from '../e2e/payloads.mjs'
import type { Citation, Desk, OrderCard, Turn } from '../src/bindings/wire'
import AnswerCard from '../src/features/chat/AnswerCard.svelte'
import { Conversation, type Exchange } from '../src/features/chat/conversation.svelte'
import OrderFacts from '../src/features/chat/OrderFacts.svelte'
import Attract from '../src/features/kiosk/Attract.svelte'
import PersonPanel from '../src/features/kiosk/PersonPanel.svelte'
import StaffWords from '../src/features/kiosk/StaffWords.svelte'
import TakeAlong from '../src/features/kiosk/TakeAlong.svelte'
import Topics from '../src/features/kiosk/Topics.svelte'
import Passage from '../src/features/sources/Passage.svelte'
import { SourceReader } from '../src/features/sources/reader.svelte'
import { FakeHost } from '../src/host/fake'
import ErrorNote from '../src/shared/ErrorNote.svelte'

afterEach(cleanup)

/** Everything an answer or a page around it may be made of; a payload adds none of the rest. */
const PLAIN = new Set('div main section article header footer h1 h2 h3 h4 p span bdi strong br ul ol li dl dt dd button label input form mark svg path rect circle text canvas dialog a11y'.split(' '))
const FORBIDDEN = new Set([...LOADING, 'style'])

function problemsIn(root: Element, payload: string): string[] {
  const problems: string[] = []
  for (const element of root.querySelectorAll('*')) {
    if (!PLAIN.has(element.localName)) problems.push(`<${element.localName}> from ${payload}`)
    for (const { name } of element.attributes) {
      if (name.startsWith('on') || FORBIDDEN.has(name)) problems.push(`${name} on <${element.localName}> from ${payload}`)
    }
  }
  if ('__hit' in window) problems.push(`it ran: ${payload}`)
  return problems
}

const host = new FakeHost({ surface: 'kiosk' })

function turnOf(payload: string): Turn {
  const citation: Citation = { n: 1, source: payload, title: payload, locator: `A > ${payload}`, passage: payload, score: 1 }
  return {
    id: 'a', turn_id: 1, conversation: 'c', question: payload, route: 'refused', answer: payload, score: 0, support: 0,
    citations: [citation], suggestions: [payload], order_form: null, hand_over: payload,
    timing: { retrieve_ms: 0, first_token_ms: 0, total_ms: 0 }, tokens: { prompt: 0, cached: 0, generated: 0 },
    kb_version: 1, model: null, state: 'bot', ticket: null, interrupted: false, error: null,
  }
}

function exchangeOf(payload: string): Exchange {
  const turn = turnOf(payload)
  return { askId: 'a', question: payload, phase: 'finished', stopping: false, ahead: null, route: 'quote', citations: turn.citations, text: `${payload}\n• ${payload}\n[1] ${payload}`, turn, error: null, helpful: null }
}

const error = (payload: string) => ({ code: 'busy', message: payload, hint: payload }) as const

type Case = [string, (payload: string) => Element | Promise<Element>]
const PLACES: Case[] = [
  ['answer, citation, question to tap and way to a person', (payload) => {
    const props = { conversation: new Conversation(host), exchange: exchangeOf(payload), documents: 3, onopen: () => {} }
    return render(AnswerCard, props).container
  }],
  ['error', (payload) => render(ErrorNote, { error: error(payload) }).container],
  ['fields of an order', (payload) => {
    const order: OrderCard = { number: payload, status: payload, as_of: payload, ordered_on: payload, shipped_on: payload, expected_on: payload, delivered_on: payload, carrier: payload, items: payload }
    return render(OrderFacts, { order, onhide: () => {}, onlonger: () => {} }).container
  }],
  ['passage', (payload) => {
    const reader = new SourceReader(host)
    const [citation] = turnOf(payload).citations
    reader.citation = citation ?? null
    reader.passage = { source: payload, title: payload, locator: payload, text: payload, highlights: [[0, 3]] }
    return render(Passage, { reader }).container
  }],
  ['name of the desk, welcome and topic', (payload) => {
    const look = { colour: payload, logo_mark: payload, welcomes: [{ language: 'en', text: payload }] }
    const kiosk = { ...host.office.kiosk, topics: [{ label: payload, question: payload }] }
    const desk: Desk = { ...host.office.desk(false, 'visitor'), name: payload, welcome: payload, look, kiosk }
    return render(Attract, { desk, logo: payload, choices: ['en', payload], onask: () => {}, ontopic: () => {}, onlanguage: () => {} }).container
  }],
  ['topics', (payload) => render(Topics, { topics: [{ label: payload, question: payload }], onask: () => {} }).container],
  ['words of staff and of the ticket', (payload) => {
    const { container } = render(StaffWords, { ticket: 1, messages: [{ id: 1, at: 0, text: payload }] })
    return container
  }],
  ['hand-over', (payload) => {
    const handedOver = { conversation: payload, ticket: 1, message: payload, hand_over: payload, state: 'requested' } as const
    return render(PersonPanel, { way: payload, handedOver, oncall: async () => {}, onclose: () => {} }).container
  }],
  ['words to take along', (payload) => render(TakeAlong, { shop: payload, words: payload, onclose: () => {} }).container],
]

it('has 300 payloads and more, no two alike', () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(300)
})

it('would notice one that is not inert', () => {
  const root = document.createElement('div')
  root.append(document.createElement('iframe'), Object.assign(document.createElement('p'), { onclick: null }))
  root.lastElementChild?.setAttribute('onclick', 'x')
  expect(problemsIn(root, 'x')).toEqual(['<iframe> from x', 'onclick on <p> from x'])
})

it.each(PLACES)('is only text: %s', async (_name, place) => {
  const problems: string[] = []
  for (const payload of PAYLOADS) {
    const root = await place(payload)
    problems.push(...problemsIn(root, payload))
    const shown = root.textContent.replace(/\s+/g, '')
    const wanted = payload.replace(/\s+/g, '')
    if (!shown.includes(wanted) && !shown.includes(wanted.slice(0, 12))) problems.push(`not shown: ${payload}`)
    cleanup()
  }
  expect(problems.slice(0, 5)).toEqual([])
})
