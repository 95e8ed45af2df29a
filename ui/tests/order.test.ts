// Looking up an order in the chat, on the fake desk.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiError } from '../src/host/errors'
import { FakeHost } from '../src/host/fake'
import KioskWindow from '../src/views/KioskWindow.svelte'
import { accessibilityProblems } from './axe'

const NUMBER = 'HO-104106'
const PROOF = 'test@example.org'
const numberField = () => screen.getByLabelText<HTMLInputElement>('Order number')
const proofField = () => screen.getByLabelText<HTMLInputElement>('Something that shows it is yours')

async function openForm(question = 'Where is my order?') {
  const host = new FakeHost({ surface: 'kiosk' })
  const sent = vi.spyOn(host, 'visit')
  const { container } = render(KioskWindow, { host })
  const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) })
  await user.click(screen.getByRole('button', { name: 'Ask me' }))
  await user.type(screen.getByLabelText('Your question'), `${question}{Enter}`)
  await screen.findByRole('form', { name: 'Find your order' })
  return { host, user, container, sent }
}

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

describe('an order', () => {
  it('is shown for number and proof, by keyboard alone, and can be hidden', async () => {
    const { user, container, sent } = await openForm()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(numberField())
    await user.keyboard(`${NUMBER}{Tab}${PROOF}{Enter}`)
    const heading = await screen.findByRole('heading', { name: `Order ${NUMBER}` })
    await waitFor(() => expect(document.activeElement).toBe(heading))
    expect(sent).toHaveBeenLastCalledWith({ do: 'verify_order', number: NUMBER, proof: PROOF, conversation: expect.any(String), language: 'en' })
    const names = screen.getAllByRole('term').map((term) => term.textContent)
    expect(names).toEqual(['Status', 'Ordered', 'Sent', 'Expected', 'Carrier', 'Items', 'As of'])
    expect(screen.getByText('24 Nov 2026')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.keyboard('{Tab}{Enter}')
    await waitFor(() => expect(screen.queryByText('Your order is on its way.')).toBeNull())
    expect(document.activeElement?.textContent).toBe('The order is hidden again.')
    expect([numberField().value, proofField().value]).toEqual(['', ''])
  })

  it('hides itself after a minute, and does not take the focus from the next question', async () => {
    const { user } = await openForm(`Where is ${NUMBER}?`)
    expect(numberField().value).toBe(NUMBER)
    await user.type(proofField(), `${PROOF}{Enter}`)
    await screen.findByText('Your order is on its way.')
    const question = screen.getByLabelText('Your question')
    await user.click(question)
    await vi.advanceTimersByTimeAsync(55_000)
    expect(screen.getByText('Your order is on its way.')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(6_000)
    expect(screen.queryByText('Your order is on its way.')).toBeNull()
    expect(document.activeElement).toBe(question)
  })

  it('stays longer for who needs the time, as often as they wish', async () => {
    const { user } = await openForm(NUMBER)
    await user.type(proofField(), `${PROOF}{Enter}`)
    await screen.findByText('Your order is on its way.')
    for (let times = 0; times < 3; times++) {
      await vi.advanceTimersByTimeAsync(50_000)
      await user.click(screen.getByRole('button', { name: 'Show it longer' }))
      expect(screen.getByText('It stays for one more minute.').getAttribute('role')).toBe('status')
    }
    await vi.advanceTimersByTimeAsync(58_000)
    expect(screen.getByRole('heading', { name: `Order ${NUMBER}` })).toBeTruthy()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(screen.queryByRole('heading', { name: `Order ${NUMBER}` })).toBeNull()
  })

  it('is gone with the conversation', async () => {
    const { user } = await openForm(NUMBER)
    await user.type(proofField(), `${PROOF}{Enter}`)
    await screen.findByText('Your order is on its way.')
    await user.click(screen.getByRole('button', { name: 'Start over' }))
    expect(screen.queryByText('Your order is on its way.')).toBeNull()
  })

  it('is refused for a wrong proof, which is not kept', async () => {
    const { user, container } = await openForm(NUMBER)
    await user.type(proofField(), 'somebody@example.org')
    await user.click(screen.getByRole('button', { name: 'Show my order' }))
    const message = await screen.findByText(/do not match an order here/)
    expect(message.getAttribute('role')).toBe('status')
    expect([numberField().value, proofField().value]).toEqual([NUMBER, ''])
    await waitFor(() => expect(document.activeElement).toBe(proofField()))
    expect(container.innerHTML).not.toContain('somebody@example.org')
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('is locked after too many tries, and a person is named', async () => {
    const { user, host } = await openForm(NUMBER)
    const locked = { is: 'order', outcome: 'locked', card: null, message: 'That was tried too often.', hand_over: 'Ask at the counter.' } as const
    host.visit = () => Promise.resolve(locked)
    await user.type(proofField(), '0000{Enter}')
    const message = await screen.findByText('That was tried too often.')
    await waitFor(() => expect(document.activeElement).toBe(message))
    expect(within(screen.getByRole('article')).getByText('Ask at the counter.')).toBeTruthy()
  })

  it('asks for both fields before it asks the desk', async () => {
    const { user, host } = await openForm(NUMBER)
    await user.click(screen.getByRole('button', { name: 'Show my order' }))
    expect(screen.getByText('Please fill in both fields first.')).toBeTruthy()
    expect(document.activeElement).toBe(proofField())
    expect(host.log).not.toContain('verify_order')
  })

  it('is asked for once while the desk looks, and a failure is said', async () => {
    const { user, host } = await openForm(NUMBER)
    let fail = (_reason: unknown) => {}
    const asked = vi.fn(() => new Promise<never>((_resolve, reject) => (fail = reject)))
    host.visit = asked
    await user.type(proofField(), `${PROOF}{Enter}{Enter}`)
    expect(screen.getByRole('button', { name: 'Looking for your order…' }).getAttribute('aria-disabled')).toBe('true')
    expect(asked).toHaveBeenCalledTimes(1)
    fail(apiError('unavailable', 'gone'))
    expect((await screen.findByRole('alert')).textContent).toContain('The desk cannot be reached just now.')
    expect(proofField().value).toBe('')
  })
})
