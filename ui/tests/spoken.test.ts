// What a screen reader hears of an answer: that the desk looks for it, then each sentence once.
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TurnEvent } from '../src/bindings/wire'
import { FakeHost } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import KioskWindow from '../src/views/KioskWindow.svelte'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => vi.useRealTimers())

/** A visit whose answers arrive as the test says. */
async function openVisit() {
  const host = new FakeHost({ surface: 'kiosk' })
  const visit = host.visit
  let tell: (event: TurnEvent) => void = () => {}
  let end: (answer: string) => Promise<void> = async () => {}
  host.visit = (command, onEvent) => {
    if (command.do !== 'ask') return visit(command, onEvent)
    tell = onEvent ?? tell
    return new Promise((resolve) => {
      end = async (answer) => {
        const reply = await visit(command)
        if (reply.is === 'turn') resolve({ ...reply, answer })
      }
    })
  }
  render(KioskWindow, { host })
  const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) })
  await user.click(await screen.findByRole('button', { name: 'Ask me' }))
  const ask = async () => {
    await user.type(await screen.findByLabelText('Your question'), 'Do you repair zips?{Enter}')
    await waitFor(() => expect(screen.getByRole('article')).toBeTruthy())
  }
  const say = (text: string) => tell({ event: 'token', text })
  return { ask, say, tell: (event: TurnEvent) => tell(event), end: (answer: string) => end(answer), user }
}

const lines = () => [...(document.getElementById('spoken')?.children ?? [])].map((line) => line.textContent)
// On a slow computer a test takes long enough for the word about looking, which is a test of its own.
const answers = () => lines().filter((line) => !/^(Looking|Ich suche)/.test(line))
const heard = (expected: string[]) => waitFor(() => expect(answers()).toEqual(expected))

it('says each sentence when it is complete, and once', async () => {
  const { ask, say, end } = await openVisit()
  await ask()
  const log = document.getElementById('spoken')
  expect(log?.getAttribute('role')).toBe('log')
  const spoken: string[] = []
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof HTMLElement) spoken.push(node.textContent)
  }).observe(log as Element, { childList: true })
  for (const word of ['Yes, we ', 'do. ', 'Bring ', 'it ', 'any ', 'day. ', 'Zips cost £12. [1] ']) {
    say(word)
    await vi.advanceTimersByTimeAsync(30)
  }
  await heard(['Answer: Yes, we do.', 'Bring it any day.'])
  await end('Yes, we do. Bring it any day. Zips cost £12. [1]')
  await heard(['Answer: Yes, we do.', 'Bring it any day.', 'Zips cost £12.'])
  await vi.advanceTimersByTimeAsync(5_000)
  expect(spoken.filter((line) => !line.startsWith('Looking'))).toEqual(['Answer: Yes, we do.', 'Bring it any day.', 'Zips cost £12.'])
})

it('says that it looks for an answer only where that takes a moment', async () => {
  const { ask, say, end } = await openVisit()
  await ask()
  await vi.advanceTimersByTimeAsync(1_300)
  await waitFor(() => expect(lines()).toEqual(['Looking for an answer…']))
  say('Yes. And')
  await heard(['Answer: Yes.'])
  await end('Yes. And no.')
  await waitFor(() => expect(lines()).toEqual(['Looking for an answer…', 'Answer: Yes.', 'And no.']))
})

it('says so when a sentence that was heard is taken back', async () => {
  const { ask, say, tell, end } = await openVisit()
  await ask()
  say('Returns are free. For everybody')
  await heard(['Answer: Returns are free.'])
  tell({ event: 'replaced', text: 'Worn boots cannot be returned.' })
  await end('Worn boots cannot be returned.')
  await heard(['Answer: Returns are free.', 'The answer was corrected:', 'Worn boots cannot be returned.'])
})

it('begins anew with the next question and in the visitor’s language', async () => {
  const { ask, end, user } = await openVisit()
  await ask()
  await end('Yes.')
  await heard(['Answer: Yes.'])
  await speak('de')
  await user.type(screen.getByLabelText('Ihre Frage'), 'Und sonntags?{Enter}')
  await heard([])
  await end('Nein. Montags wieder.')
  await heard(['Antwort: Nein.', 'Montags wieder.'])
})
