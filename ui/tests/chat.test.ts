// The conversation as a visitor meets it, on the fake desk.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiError } from '../src/host/errors'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import StaffWindow from '../src/views/StaffWindow.svelte'

async function openDesk(options: FakeOptions = {}) {
  const host = new FakeHost(options)
  render(StaffWindow, { host })
  await screen.findByRole('button', { name: 'Do you repair zips?' })
  return { host, user: userEvent.setup() }
}

async function ask(user: ReturnType<typeof userEvent.setup>, question: string) {
  await user.type(screen.getByLabelText('Your question'), `${question}{Enter}`)
}

const latestAnswer = () => screen.getAllByRole('article').at(-1) as HTMLElement
const finished = () => waitFor(() => expect(latestAnswer().dataset['phase']).toBe('finished'))

describe('a conversation', () => {
  it('starts with four questions, and a tap asks', async () => {
    const { user } = await openDesk()
    expect(screen.getByText(/You are talking to a program/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'When do you open on Sundays?' }))
    await finished()
    expect(within(latestAnswer()).getByText('Approved answer')).toBeTruthy()
    expect(latestAnswer().textContent).toContain('On Sundays we open from 10:00 to 16:00')
    expect(document.activeElement).toBe(screen.getByLabelText('Your question'))
  })

  it('says where it looks, then shows the words as they come', async () => {
    const { user, host } = await openDesk({ pauseMilliseconds: 15 })
    const { visit } = host
    let letThrough = () => {}
    const gate = new Promise<void>((resolve) => (letThrough = resolve))
    host.visit = async (command, onEvent) => {
      if (command.do === 'ask') await gate
      return visit(command, onEvent)
    }
    await ask(user, 'Tell me about the workshop')
    expect(within(latestAnswer()).getByText('Looking in 3 documents…')).toBeTruthy()
    letThrough()
    await waitFor(() => expect(latestAnswer().dataset['phase']).toBe('writing'))
    expect(latestAnswer().getAttribute('aria-busy')).toBe('true')
    expect(document.getElementById('spoken')?.textContent).toBe('')
    await waitFor(() => expect(latestAnswer().dataset['phase']).toBe('finished'))
    expect(within(latestAnswer()).getAllByRole('listitem')[0]?.textContent).toContain('Zips from £12')
    expect(document.getElementById('spoken')?.textContent).toContain('Answer: Yes, our workshop')
  })

  it('says how many come first while others are answered', async () => {
    const { user } = await openDesk({ pauseMilliseconds: 15 })
    await ask(user, 'How long is the queue for repairs?')
    const status = await within(latestAnswer()).findByRole('status')
    expect(status.textContent).toContain('2 people are before you…')
    await waitFor(() => expect(status.textContent).toContain('1 person is before you…'))
    await waitFor(() => expect(status.textContent).toContain('You are next…'))
    await waitFor(() => expect(latestAnswer().dataset['phase']).toBe('writing'))
    expect(within(latestAnswer()).queryByRole('status')).toBeNull()
    await finished()
  })

  it('stops when told to and offers to ask again', async () => {
    const { user, host } = await openDesk({ pauseMilliseconds: 60 })
    await ask(user, 'Tell me about the workshop')
    await waitFor(() => expect(latestAnswer().dataset['phase']).toBe('writing'))
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await finished()
    expect(host.log).toContain('cancel')
    expect(within(latestAnswer()).getByText('You stopped this answer.')).toBeTruthy()
    expect(within(latestAnswer()).getByRole('button', { name: 'Ask again' })).toBeTruthy()
  })

  it('opens a source with its highlight and gives the focus back', async () => {
    const { user } = await openDesk()
    await ask(user, 'Can I bring back shoes I have worn outside?')
    await finished()
    expect(within(latestAnswer()).getByText(/^From: Returns/)).toBeTruthy()
    const chip = within(latestAnswer()).getByRole('button', { name: /Footwear$/ })
    await user.click(chip)
    const mark = await waitFor(() => document.querySelector('mark') ?? Promise.reject(new Error('no highlight')))
    expect(mark.textContent).toBe('Walking boots that have been worn outside cannot be returned unless they are faulty.')
    await user.click(screen.getByRole('button', { name: 'Close the source' }))
    await waitFor(() => expect(document.activeElement).toBe(chip))
    expect(document.querySelector('mark')).toBeNull()
  })

  it('numbers the sentences by the source that holds them', async () => {
    const { user } = await openDesk()
    await ask(user, 'Can I bring back shoes?')
    await finished()
    const numbers = within(latestAnswer()).getAllByRole('button', { name: /^Source \d/ })
    expect(numbers.map((button) => button.textContent)).toEqual(['1', '2'])
  })

  it('swaps text that was not supported', async () => {
    const { user } = await openDesk()
    await ask(user, 'Please invent something')
    await finished()
    expect(latestAnswer().textContent).not.toContain('always free')
    expect(latestAnswer().textContent).toContain('Walking boots')
  })

  it('refuses with clear words, nearby questions and a person', async () => {
    const { user } = await openDesk()
    await ask(user, 'What is the weather on the moon?')
    await finished()
    const answer = within(latestAnswer())
    expect(answer.getByText('Not in this desk’s documents')).toBeTruthy()
    expect(answer.getByText(/Ask at the counter/)).toBeTruthy()
    expect(answer.getByRole('button', { name: 'When do you open on Sundays?' })).toBeTruthy()
  })

  it('asks what was meant, and a tap asks that', async () => {
    const { user } = await openDesk()
    await ask(user, 'delivery to Ireland')
    await finished()
    expect(within(latestAnswer()).getByRole('list', { name: 'Did you mean one of these?' })).toBeTruthy()
    await user.click(within(latestAnswer()).getByRole('button', { name: 'When do you open on Sundays?' }))
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    await finished()
    expect(within(latestAnswer()).getByText('Approved answer')).toBeTruthy()
  })

  it('says in one sentence that the engine stopped, and answers the next question', async () => {
    const { user } = await openDesk()
    await ask(user, 'crash please')
    await finished()
    expect(within(latestAnswer()).getByRole('alert').textContent).toContain('The writing engine stopped before this answer was finished.')
    await ask(user, 'When do you open?')
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    await finished()
    expect(within(latestAnswer()).getByText('Approved answer')).toBeTruthy()
  })

  it('says so when the engine died and the desk quotes instead', async () => {
    const { user } = await openDesk()
    await ask(user, 'dead engine')
    await finished()
    expect(within(latestAnswer()).getByText(/The writing engine stopped; these are the desk’s own words/)).toBeTruthy()
    expect(within(latestAnswer()).getByRole('button', { name: 'This answer helped' })).toBeTruthy()
    expect(within(latestAnswer()).queryByRole('alert')).toBeNull()
  })

  it('keeps going when the call itself fails', async () => {
    const { user, host } = await openDesk()
    const visit = host.visit
    host.visit = (command, onEvent) =>
      command.do === 'ask' ? Promise.reject(apiError('busy', 'the queue is full', 'Wait a moment.')) : visit(command, onEvent)
    await ask(user, 'When do you open?')
    expect((await within(latestAnswer()).findByRole('alert')).textContent).toContain('Too many questions at once')
    host.visit = visit
    await user.click(within(latestAnswer()).getByRole('button', { name: 'Ask again' }))
    await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2))
    await finished()
  })

  it('takes a thumb and says so', async () => {
    const { user, host } = await openDesk()
    await ask(user, 'When do you open?')
    await finished()
    const thumb = within(latestAnswer()).getByRole('button', { name: 'This answer helped' })
    await user.click(thumb)
    expect(thumb.getAttribute('aria-pressed')).toBe('true')
    expect(host.log).toContain('rate')
  })

  it('starts over', async () => {
    const { user, host } = await openDesk()
    await ask(user, 'When do you open?')
    await finished()
    await user.click(screen.getByRole('button', { name: 'Start over' }))
    expect(screen.queryByRole('article')).toBeNull()
    expect(host.log).toContain('start_over')
    expect(screen.getByRole('button', { name: 'Do you repair zips?' })).toBeTruthy()
  })

  it('writes a new line with Shift and Enter, and counts near the end', async () => {
    const { user } = await openDesk()
    const field = screen.getByLabelText<HTMLTextAreaElement>('Your question')
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two')
    expect(field.value).toBe('one\ntwo')
    await user.clear(field)
    await user.click(field)
    await user.paste('x'.repeat(999))
    expect(screen.getByText('1 character left')).toBeTruthy()
  })

  it('shows markup as text', async () => {
    const { user } = await openDesk()
    await ask(user, '<img src=x onerror=alert(1)>')
    await finished()
    expect(document.querySelector('img')).toBeNull()
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy()
  })
})

describe('a slow desk', () => {
  beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
  afterEach(() => void vi.useRealTimers())

  it('says that the sample shop is being read, and greets until it is', async () => {
    const { host } = await openDesk({ preparingGreetings: 2 })
    expect(screen.getByText('Reading the sample shop…')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(2_500)
    expect(screen.queryByText('Reading the sample shop…')).toBeNull()
    expect(host.log.filter((command) => command === 'greet').length).toBe(3)
  })

  it('tells the truth about a stopped engine', async () => {
    const { host } = await openDesk({ health: { state: 'failed', reason: 'gone' } })
    expect(await screen.findByText('Stopped')).toBeTruthy()
    expect(screen.getByText(/approved answers and documents still work/)).toBeTruthy()
    host.office.health = { state: 'ready' }
    await vi.advanceTimersByTimeAsync(3_100)
    expect(screen.getByText('Ready')).toBeTruthy()
  })

  it('stops listening to a desk that does not react to Stop', async () => {
    const { host } = await openDesk()
    const visit = host.visit
    host.visit = (command, onEvent) => (command.do === 'ask' ? new Promise(() => {}) : visit(command, onEvent))
    const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) })
    await ask(user, 'Anybody there?')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await vi.advanceTimersByTimeAsync(3_100)
    expect(within(latestAnswer()).getByText('You stopped this answer.')).toBeTruthy()
  })
})
