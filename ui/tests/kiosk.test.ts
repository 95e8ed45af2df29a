// The visitors' window: a visit from the first touch to nothing left of it.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KioskFace } from '../src/bindings/wire'
import { apiError } from '../src/host/errors'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { announceLanguage } from '../src/shared/language-news'
import KioskWindow from '../src/views/KioskWindow.svelte'
import { accessibilityProblems } from './axe'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function openKiosk(options: FakeOptions = {}) {
  const host = new FakeHost({ ...options, surface: 'kiosk' })
  const sent = vi.spyOn(host, 'visit')
  const { container } = render(KioskWindow, { host })
  await screen.findByText(options.name ?? 'Harbour Outfitters')
  return { host, sent, container, user: userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) }) }
}

const withFace = (kiosk: Partial<KioskFace>, more: FakeOptions = {}) => openKiosk({ ...more, kiosk })

async function openVisit(options: FakeOptions = {}) {
  const opened = await openKiosk(options)
  await opened.user.click(screen.getByRole('button', { name: 'Ask me' }))
  await screen.findByLabelText('Your question')
  return opened
}

const question = () => screen.getByLabelText<HTMLTextAreaElement>('Your question')
const latestAnswer = () => screen.getAllByRole('article').at(-1) as HTMLElement
const finished = () => waitFor(() => expect(latestAnswer().dataset['phase']).toBe('finished'))
const isWaiting = () => screen.queryByRole('button', { name: 'Ask me' }) !== null

describe('the first screen', () => {
  it('names the shop, says that a program answers, and offers languages and topics', async () => {
    const { container } = await openKiosk()
    expect(screen.getByText(/You are talking to a program/)).toBeTruthy()
    expect(screen.getAllByRole('button').map((one) => one.textContent)).toEqual(['Ask me', 'Opening hours', 'Returns', 'My order', 'Repairs', 'English', 'العربية'])
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('turns through the languages, and stands still for who asked for less motion', async () => {
    const { container } = await openKiosk()
    const line = () => container.querySelector('.line')?.textContent
    expect(line()).toContain('Hello! Ask me about returns')
    await vi.advanceTimersByTimeAsync(5_100)
    expect(line()).toBe('مرحبًا! كيف يمكنني مساعدتك؟')
  })

  it('stands still for people who asked for less motion', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true }))
    const { container } = await openKiosk()
    await vi.advanceTimersByTimeAsync(11_000)
    expect(container.querySelector('.line')?.textContent).toContain('Hello!')
  })

  it('wakes at any touch and at any key', async () => {
    const { container } = await openKiosk()
    await fireEvent.click(container.querySelector('.attract') as Element)
    expect(question()).toBeTruthy()
    await vi.advanceTimersByTimeAsync(76_000)
    expect(isWaiting()).toBe(true)
    await fireEvent.keyDown(document.body, { key: 'x' })
    await waitFor(() => expect(document.activeElement).toBe(question()))
  })

  it('asks a topic at one touch', async () => {
    const { user } = await openKiosk()
    await user.click(screen.getByRole('button', { name: 'Opening hours' }))
    await waitFor(() => expect(screen.getByText('Approved answer')).toBeTruthy())
  })

  it('follows at once when staff chooses another language', async () => {
    await openKiosk()
    announceLanguage('ar')
    await waitFor(() => expect(document.documentElement.lang).toBe('ar'))
  })
})

describe('a visit', () => {
  it('answers, and never asks for anything that belongs to staff', async () => {
    const { host, user, container } = await openVisit()
    await user.type(question(), 'When do you open on Sundays?{Enter}')
    await finished()
    expect(within(latestAnswer()).getByText('Approved answer')).toBeTruthy()
    expect(screen.getByText(/You are talking to a program/)).toBeTruthy()
    expect(within(latestAnswer()).queryByRole('button', { name: 'Copy' })).toBeNull()
    expect(await accessibilityProblems(container)).toEqual([])
    expect(new Set(host.log)).toEqual(new Set(['greet', 'ask']))
  })

  it('lets a visitor choose language, text size and contrast, and forgets all three', async () => {
    const { user } = await openVisit()
    const { dataset } = document.documentElement
    await user.click(screen.getByRole('button', { name: 'Largest text' }))
    await user.click(screen.getByRole('button', { name: 'Strong contrast' }))
    expect([dataset['text'], dataset['contrast']]).toEqual(['largest', 'more'])
    await user.click(screen.getByRole('button', { name: /^Language/ }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'العربية' }))
    await waitFor(() => expect(document.documentElement.dir).toBe('rtl'))
    await user.click(screen.getByRole('button', { name: 'ابدأ من جديد' }))
    await waitFor(() => expect([document.documentElement.lang, dataset['text'], dataset['contrast']]).toEqual(['en', 'normal', 'usual']))
  })

  it('tells staff and shows the ticket, with the engine stopped too', async () => {
    const { user, container, sent } = await openVisit({ health: { state: 'failed', reason: 'gone' } })
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }))
    expect(screen.getByText(/Ask at the counter/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.type(screen.getByLabelText('Your name or telephone number'), 'Ada')
    await user.click(screen.getByRole('button', { name: 'Tell the staff' }))
    await waitFor(() => expect(document.getElementById('ticket')?.textContent).toBe('1'))
    expect(sent).toHaveBeenCalledWith({ do: 'hand_over', conversation: expect.any(String), contact: 'Ada', note: '', language: 'en' })
    await user.click(screen.getByRole('button', { name: 'Back to my questions' }))
    expect(question()).toBeTruthy()
  })

  it('says how to reach a person when staff cannot be told', async () => {
    const { user, host } = await openVisit()
    const visit = host.visit
    host.visit = (command, onEvent) => (command.do === 'hand_over' ? Promise.reject(apiError('unavailable', 'gone')) : visit(command, onEvent))
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }))
    await user.click(screen.getByRole('button', { name: 'Tell the staff' }))
    expect((await screen.findByRole('alert')).textContent).toContain('could not be told just now')
    expect(screen.getByText(/Ask at the counter/)).toBeTruthy()
  })

  it('shows what staff writes back', async () => {
    const { user, host } = await openVisit()
    const visit = host.visit
    const messages = [{ id: 1, at: 0, text: 'I am coming.' }]
    host.visit = (command, onEvent) =>
      command.do === 'conversation'
        ? Promise.resolve({ is: 'conversation', state: 'human', ticket: 1, messages: messages.splice(0) })
        : visit(command, onEvent)
    await user.click(screen.getByRole('button', { name: 'Talk to a person' }))
    await user.click(screen.getByRole('button', { name: 'Tell the staff' }))
    await user.click(await screen.findByRole('button', { name: 'Back to my questions' }))
    expect(await screen.findByText('I am coming.')).toBeTruthy()
  })

  it('gives an answer to take along, as words and as a square', async () => {
    const { user } = await openVisit()
    await user.type(question(), 'When do you open?{Enter}')
    await finished()
    await user.click(within(latestAnswer()).getByRole('button', { name: 'Take it with you' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('img').querySelector('path')?.getAttribute('d')).toMatch(/^M4 4h7v1h-7z/)
    expect(within(dialog).getByText(/Harbour Outfitters\s+We open Monday/)).toBeTruthy()
    expect(await accessibilityProblems(dialog)).toEqual([])
  })

  it('offers nothing to take along where there is no answer', async () => {
    const { user } = await openVisit()
    for (const words of ['Where is the moon?', 'Where is my order?']) {
      await user.type(question(), `${words}{Enter}`)
      await finished()
      expect(within(latestAnswer()).queryByRole('button', { name: 'Take it with you' }), words).toBeNull()
    }
  })

  it('reads aloud where there is a voice of this computer, and not otherwise', async () => {
    const voices: Partial<SpeechSynthesisVoice>[] = [{ lang: 'en-GB', localService: false, name: 'far away' }]
    const said: string[] = []
    let changed = () => {}
    const cancel = vi.fn()
    vi.stubGlobal('SpeechSynthesisUtterance', class { constructor(readonly text: string) {} })
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => voices, cancel, speak: ({ text }: { text: string }) => said.push(text),
      addEventListener: (_name: string, act: () => void) => (changed = act), removeEventListener: () => {},
    })
    const { user } = await openVisit()
    await user.type(question(), 'When do you open?{Enter}')
    await finished()
    expect(screen.queryByRole('button', { name: 'Read aloud' })).toBeNull()
    voices.splice(0, 1, { lang: 'en_GB', localService: true, name: 'near' })
    voices.push({ lang: 'de-DE', localService: true, name: 'other' })
    changed()
    await user.click(await screen.findByRole('button', { name: 'Read aloud' }))
    expect(said.join(' ')).toContain('We open Monday to Saturday')
    await vi.advanceTimersByTimeAsync(200_000)
    expect(screen.queryByText('Are you still there?')).toBeNull()
    cancel.mockClear()
    await user.click(screen.getByRole('button', { name: 'Start over' }))
    expect(cancel).toHaveBeenCalled()
  })
})

describe('a visitor who leaves', () => {
  async function leaveTraces() {
    const opened = await openVisit()
    const { user } = opened
    await user.click(screen.getByRole('button', { name: 'Large text' }))
    await user.type(question(), 'My secret is canary-one{Enter}')
    await finished()
    await user.type(question(), 'a draft with canary-two')
    sessionStorage.setItem('left', 'canary-three')
    localStorage.setItem('left', 'canary-four')
    sessionStorage.setItem('frontdesk-key', 'the desk’s own')
    history.replaceState({ left: 'canary-five' }, '')
    return opened
  }

  it('is asked after a minute, and forgotten 15 seconds later; in twice the time with larger text', async () => {
    const { container, host } = await leaveTraces()
    const written = vi.spyOn(navigator.clipboard, 'writeText')
    await vi.advanceTimersByTimeAsync(118_000)
    expect(screen.queryByText('Are you still there?')).toBeNull()
    await vi.advanceTimersByTimeAsync(2_500)
    expect(screen.getByText('Are you still there?')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await vi.advanceTimersByTimeAsync(30_300)
    expect(isWaiting()).toBe(true)
    expect(document.documentElement.outerHTML).not.toContain('canary')
    expect([...document.querySelectorAll<HTMLInputElement>('input, textarea')].map((field) => field.value).join()).toBe('')
    expect([sessionStorage.getItem('left'), localStorage.getItem('left'), history.state]).toEqual([null, null, null])
    expect(sessionStorage.getItem('frontdesk-key')).toBe('the desk’s own')
    expect(document.documentElement.dataset['text']).toBe('normal')
    expect(host.log.filter((command) => command === 'start_over')).toHaveLength(1)
    expect(written).toHaveBeenCalledWith('')
  })

  it('is not forgotten after a touch, and at once after "done"', async () => {
    const { user } = await leaveTraces()
    await vi.advanceTimersByTimeAsync(121_000)
    await user.click(screen.getByText('Are you still there?'))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(screen.queryByText('Are you still there?')).toBeNull()
    expect(screen.getAllByText(/canary-one/).length).toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(105_000)
    await user.click(screen.getByRole('button', { name: 'No, I am done' }))
    expect(isWaiting()).toBe(true)
    expect(document.body.textContent).not.toContain('canary')
  })

  it('is not asked while an answer is written', async () => {
    const { user, host } = await openVisit()
    const visit = host.visit
    host.visit = (command, onEvent) => (command.do === 'ask' ? new Promise(() => {}) : visit(command, onEvent))
    await user.type(question(), 'Slow?{Enter}')
    await vi.advanceTimersByTimeAsync(300_000)
    expect(screen.queryByText('Are you still there?')).toBeNull()
  })

  it('is asked after one minute and forgotten after 15 more seconds', async () => {
    await openVisit()
    await vi.advanceTimersByTimeAsync(58_500)
    expect(screen.queryByText('Are you still there?')).toBeNull()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(screen.getByText('Are you still there?')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(13_500)
    expect(isWaiting()).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(isWaiting()).toBe(true)
  })

  it('leaves nothing when starting over', async () => {
    const { user } = await leaveTraces()
    await user.click(screen.getByRole('button', { name: 'Start over' }))
    expect(question().value).toBe('')
    expect(document.body.textContent).not.toContain('canary')
  })
})

describe('staff', () => {
  const tapCorner = async (times: number) => {
    for (let n = 0; n < times; n++) await fireEvent.pointerDown(document.body, { clientX: 10, clientY: 10, button: 0 })
  }

  it('leaves by five taps in the corner and the PIN', async () => {
    const { user, container } = await openKiosk()
    await tapCorner(4)
    expect(screen.queryByText('Staff PIN')).toBeNull()
    await tapCorner(1)
    const dialog = await screen.findByRole('dialog', { name: 'Staff PIN' })
    expect(await accessibilityProblems(container)).toEqual([])
    for (const digit of '246810') await user.click(within(dialog).getByRole('button', { name: digit }))
    await user.click(within(dialog).getByRole('button', { name: 'Check the PIN' }))
    expect(await screen.findByText('This screen is closed')).toBeTruthy()
    expect(isWaiting()).toBe(false)
  })

  it('gets nowhere with a wrong PIN, and the pad goes away by itself', async () => {
    const { user } = await openVisit()
    await fireEvent.keyDown(document.body, { code: 'KeyL', key: 'L', ctrlKey: true, altKey: true, shiftKey: true })
    await screen.findByRole('dialog', { name: 'Staff PIN' })
    await user.keyboard('111111{Enter}')
    expect(screen.queryByText('This screen is closed')).toBeNull()
    await vi.advanceTimersByTimeAsync(20_500)
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('is told where there is no PIN yet', async () => {
    await withFace({ has_pin: false })
    await tapCorner(5)
    expect(await screen.findByText(/There is no staff PIN yet/)).toBeTruthy()
  })
})

it('goes calm for half a minute when a hand falls on the keys', async () => {
  await openVisit()
  for (let n = 0; n < 26; n++) await fireEvent.keyDown(document.body, { key: `F${(n % 11) + 1}` })
  expect(screen.getByText('One moment, please')).toBeTruthy()
  await fireEvent.keyDown(document.body, { key: 'x' })
  await vi.advanceTimersByTimeAsync(29_500)
  expect(screen.getByText('One moment, please')).toBeTruthy()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(isWaiting()).toBe(true)
})

describe('what a browser would do', () => {
  it.each([
    ['contextmenu', new MouseEvent('contextmenu', { bubbles: true, cancelable: true })],
    ['dragstart', new Event('dragstart', { bubbles: true, cancelable: true })],
    ['drop', new Event('drop', { bubbles: true, cancelable: true })],
    ['copy', new Event('copy', { bubbles: true, cancelable: true })],
    ['selectstart', new Event('selectstart', { bubbles: true, cancelable: true })],
    ['zoom', new WheelEvent('wheel', { ctrlKey: true, bubbles: true, cancelable: true })],
    ['middle click', new MouseEvent('auxclick', { button: 1, bubbles: true, cancelable: true })],
    ...['p', 'n', 't', 'w', 'r', 'o', 's', 'u', 'f', 'l', '+', '-'].map((key) => [`Ctrl+${key}`, new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true })]),
    ...['F1', 'F5', 'F11', 'F12', 'ContextMenu', 'BrowserBack'].map((key) => [key, new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })]),
    ['Alt+Left', new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true, cancelable: true })],
  ] as [string, Event][])('does not happen: %s', async (_name, event) => {
    const { container } = await openVisit()
    container.querySelector('header')?.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
  })

  it('still happens inside a field where it is typing', async () => {
    const { user } = await openVisit()
    await user.click(question())
    for (const event of [new KeyboardEvent('keydown', { key: 'a', ctrlKey: true, bubbles: true, cancelable: true }), new Event('selectstart', { bubbles: true, cancelable: true })]) {
      question().dispatchEvent(event)
      expect(event.defaultPrevented).toBe(false)
    }
  })

  it('takes no paste of a book', async () => {
    const { user } = await openVisit()
    await user.click(question())
    await user.paste('x'.repeat(1_000_000))
    expect(question().value).toBe('')
    expect(screen.getByText(/That is too long/)).toBeTruthy()
    await user.paste('Zips?')
    expect(question().value).toBe('Zips?')
  })

  it('has no links at all', async () => {
    const { user, container } = await openVisit()
    await user.type(question(), 'Can I bring back shoes?{Enter}')
    await finished()
    expect(container.querySelectorAll('a, iframe, img, form[action]')).toHaveLength(0)
  })
})

describe('the presenter', () => {
  it('asks the tour, states what was sent, and resets with one key', async () => {
    const { user, container } = await withFace({ demo: true })
    expect(screen.getByText('0 bytes sent')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Ask it' }))
    await finished()
    expect(screen.getByText('Question 2 of 8')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Ask it' }))
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    await finished()
    expect(await accessibilityProblems(container)).toEqual([])
    await fireEvent.keyDown(document.body, { key: 'F9' })
    expect(isWaiting()).toBe(true)
    expect(screen.getByText('Question 1 of 8')).toBeTruthy()
  })

  it('is not there on an ordinary screen', async () => {
    const { container } = await openVisit()
    await fireEvent.keyDown(document.body, { key: 'F9' })
    expect(question()).toBeTruthy()
    expect(container.querySelector('.demo')).toBeNull()
  })
})
