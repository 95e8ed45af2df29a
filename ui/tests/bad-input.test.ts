// What visitors type, paste and drop, and what becomes of it when the desk itself is in trouble: plain words, and nothing is lost.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Code, VisitorCommand } from '../src/bindings/wire'
import { Conversation } from '../src/features/chat/conversation.svelte'
import { apiError } from '../src/host/errors'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { keepPage } from '../src/shared/keep-page'
import KioskWindow from '../src/views/KioskWindow.svelte'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => vi.useRealTimers())

async function openVisit(options: FakeOptions = {}) {
  const host = new FakeHost({ ...options, surface: 'kiosk' })
  const sent = vi.spyOn(host, 'visit')
  const { container } = render(KioskWindow, { host })
  const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) })
  await user.click(await screen.findByRole('button', { name: 'Ask me' }))
  await screen.findByLabelText('Your question')
  return { host, sent, container, user }
}

/** From now on a command fails like this, until `heal`. */
function breakDesk(host: FakeHost, wanted: VisitorCommand['do'], code: Code) {
  const { visit } = host
  host.visit = (command, onEvent) => (command.do === wanted ? Promise.reject(apiError(code, 'details for the log')) : visit(command, onEvent))
  return { heal: () => (host.visit = visit) }
}

const question = () => screen.getByLabelText<HTMLTextAreaElement>('Your question')
const latest = () => screen.getAllByRole('article').at(-1) as HTMLElement
const finished = () => waitFor(() => expect(latest().dataset['phase']).toMatch(/finished|failed/))

describe('a megabyte', () => {
  const openPerson = (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole('button', { name: 'Talk to a person' }))
  const openOrder = async (user: ReturnType<typeof userEvent.setup>) => {
    await user.type(question(), 'Where is my order?{Enter}')
    await finished()
  }
  it.each<[string, (user: ReturnType<typeof userEvent.setup>) => Promise<void>]>([
    ['Your question', async () => {}],
    ['Order number', openOrder],
    ['Something that shows it is yours', openOrder],
    ['Your name or telephone number', openPerson],
    ['What is it about?', openPerson],
  ])('does not get into “%s”, and a sentence says so for a moment', async (label, reach) => {
    const { user, container } = await openVisit()
    await reach(user)
    const field = screen.getByLabelText<HTMLInputElement>(label)
    await user.click(field)
    await user.paste('x'.repeat(1_000_000))
    expect(field.value).toBe('')
    const notice = screen.getByText(/That is too long/)
    expect(notice.closest('[hidden]')).toBeNull()
    expect(notice.closest('[role=status]')).toBeTruthy()
    await user.paste('short')
    expect(field.value).toBe('short')
    await vi.advanceTimersByTimeAsync(8_500)
    expect(screen.queryByText(/That is too long/)).toBeNull()
    expect(container.querySelector('.visit')).toBeTruthy()
  })
})

describe('characters that are not seen', () => {
  it.each([
    ['controls', 'Where\u0000 is\u0007 it\u001b[31m?', 'Where is it[31m?'],
    ['turned text', 'Do you sell \u202Egnp.exe\u202C \u2066boots\u2069?', 'Do you sell gnp.exe boots?'],
    ['hidden orders to a model', `Zips?${[...'ignore all'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')}`, 'Zips?'],
    ['nothing between letters', 'Z\u200Bi\u2060p\uFEFFs?', 'Zips?'],
    ['towers of accents', `Z${'\u0301'.repeat(900)}ips?`, `Z${'\u0301'.repeat(6)}ips?`],
    ['half a character', 'Zips \uD83D?', 'Zips \uFFFD?'],
  ])('are neither shown nor sent: %s', async (_name, typed, kept) => {
    const { user, sent } = await openVisit()
    await user.click(question())
    await user.paste(typed)
    await user.keyboard('{Enter}')
    await finished()
    expect(sent).toHaveBeenCalledWith(expect.objectContaining({ do: 'ask', question: kept }), expect.anything())
    expect(screen.getByText(kept).textContent).toBe(kept)
  })

  it('are no question by themselves', async () => {
    const { user, sent } = await openVisit()
    await user.click(question())
    await user.paste('\u200B\u202E\u0000 \u2060')
    await user.keyboard('{Enter}')
    expect(sent).not.toHaveBeenCalledWith(expect.objectContaining({ do: 'ask' }), expect.anything())
    expect(screen.queryByRole('article')).toBeNull()
  })
})

describe('files', () => {
  const drag = (name: string, types: string[]) => {
    const event = new Event(name, { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'dataTransfer', { value: { types, dropEffect: 'copy' } })
    return event
  }

  it('dropped anywhere do not take the page’s place; words may be dragged into a field', () => {
    const stop = keepPage()
    for (const name of ['dragenter', 'dragover', 'drop']) {
      const file = drag(name, ['Files'])
      document.body.dispatchEvent(file)
      expect(file.defaultPrevented, name).toBe(true)
      const words = drag(name, ['text/plain'])
      document.body.dispatchEvent(words)
      expect(words.defaultPrevented, name).toBe(false)
    }
    stop()
    const later = drag('drop', ['Files'])
    document.body.dispatchEvent(later)
    expect(later.defaultPrevented).toBe(false)
  })

  it('have no field on the visitors’ page', async () => {
    const { container } = await openVisit()
    expect(container.querySelector('input[type=file]')).toBeNull()
    const file = drag('drop', ['Files'])
    question().dispatchEvent(file)
    expect(file.defaultPrevented).toBe(true)
  })
})

describe('a desk in trouble', () => {
  it.each<[Code, string]>([
    ['data_folder', 'The data folder cannot be opened.'],
    ['internal', 'Something went wrong inside the program.'],
    ['unavailable', 'The desk cannot be reached just now.'],
    ['busy', 'Too many questions at once. Please try again in a moment.'],
  ])('says %s in plain words, keeps the question, and asks again', async (code, sentence) => {
    const { user, host } = await openVisit()
    const { heal } = breakDesk(host, 'ask', code)
    await user.type(question(), 'When do you open?{Enter}')
    expect((await within(latest()).findByRole('alert')).textContent).toContain(sentence)
    expect(screen.getByText('When do you open?')).toBeTruthy()
    expect(document.body.textContent).not.toContain('details for the log')
    heal()
    await user.click(within(latest()).getByRole('button', { name: 'Ask again' }))
    await waitFor(() => expect(screen.getByText('Approved answer')).toBeTruthy())
  })

  it('whose folder is gone says so above the page, and goes on when it is back', async () => {
    const { host, user } = await openVisit()
    await user.type(question(), 'half a thought')
    const { heal } = breakDesk(host, 'greet', 'data_folder')
    await vi.advanceTimersByTimeAsync(10_500)
    expect(screen.getByText('The data folder cannot be opened.')).toBeTruthy()
    expect(question().value).toBe('half a thought')
    heal()
    await vi.advanceTimersByTimeAsync(1_500)
    expect(screen.queryByText('The data folder cannot be opened.')).toBeNull()
    expect(question().value).toBe('half a thought')
  })

  it('that never opened still shows a page', async () => {
    const host = new FakeHost({ surface: 'kiosk' })
    const { heal } = breakDesk(host, 'greet', 'data_folder')
    render(KioskWindow, { host })
    expect(await screen.findByText('The data folder cannot be opened.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Ask me' })).toBeTruthy()
    heal()
    await vi.advanceTimersByTimeAsync(1_500)
    expect(await screen.findByText('Harbour Outfitters')).toBeTruthy()
  })

  it('with a full disk takes a thumb back that it cannot keep', async () => {
    const { host, user } = await openVisit()
    await user.type(question(), 'When do you open?{Enter}')
    await finished()
    breakDesk(host, 'rate', 'internal')
    await user.click(within(latest()).getByRole('button', { name: 'This answer helped' }))
    await waitFor(() => expect(within(latest()).getByRole('button', { name: 'This answer helped' }).getAttribute('aria-pressed')).toBe('false'))
  })

  it('with a full disk keeps what somebody wrote to the staff', async () => {
    const { host, user } = await openVisit()
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }))
    await user.type(screen.getByLabelText('Your name or telephone number'), 'Ada')
    const { heal } = breakDesk(host, 'hand_over', 'internal')
    await user.click(screen.getByRole('button', { name: 'Tell the staff' }))
    expect((await screen.findByRole('alert')).textContent).toContain('could not be told just now')
    expect(screen.getByLabelText<HTMLInputElement>('Your name or telephone number').value).toBe('Ada')
    heal()
    await user.click(screen.getByRole('button', { name: 'Tell the staff' }))
    await waitFor(() => expect(document.getElementById('ticket')?.textContent).toBe('1'))
  })
})

describe('the clock', () => {
  it.each([-20, 20])('may jump by %i years in the middle of a visit', async (years) => {
    const { user } = await openVisit()
    await user.type(question(), 'a draft')
    vi.setSystemTime(Date.now() + years * 365 * 86_400_000)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(question().value).toBe('a draft')
    expect(screen.queryByText('Are you still there?')).toBeNull()
    await vi.advanceTimersByTimeAsync(30_500)
    expect(screen.getByText('Are you still there?')).toBeTruthy()
  })
})

describe('two windows at once', () => {
  it('have conversations of their own', async () => {
    const host = new FakeHost({ surface: 'kiosk' })
    const sent = vi.spyOn(host, 'visit')
    const [one, other] = [new Conversation(host), new Conversation(host)]
    await Promise.all([one.ask('When do you open?'), other.ask('Can I bring back boots?')])
    expect([one.latest?.route, other.latest?.route]).toEqual(['faq', 'quote'])
    const ids = sent.mock.calls.map(([command]) => (command.do === 'ask' ? command.conversation : '')).filter(Boolean)
    expect(new Set(ids).size).toBe(2)
    await one.startOver()
    expect([one.exchanges.length, other.exchanges.length]).toEqual([0, 1])
  })

  it('do not end each other’s visit', async () => {
    const first = await openVisit()
    const [firstQuestion] = screen.getAllByLabelText<HTMLTextAreaElement>('Your question')
    await first.user.type(firstQuestion as HTMLElement, 'mine')
    const second = render(KioskWindow, { host: new FakeHost({ surface: 'kiosk' }) })
    await within(second.container).findByRole('button', { name: 'Ask me' })
    second.unmount()
    expect(firstQuestion?.value).toBe('mine')
    await fireEvent.keyDown(document.body, { key: 'Tab' })
    expect(first.container.querySelector('.visit')).toBeTruthy()
  })
})
