// The staff PIN: the pad on the visitors' screen, and how staff set it.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { UnlockView } from '../src/bindings/wire'
import PinPad from '../src/features/access/PinPad.svelte'
import { pinProblem } from '../src/features/access/pin-rules'
import PinSettings from '../src/features/access/PinSettings.svelte'
import { digitOf } from '../src/features/access/typing.svelte'
import { FakeHost } from '../src/host/fake'
import { FakeAccess } from '../src/host/fake/access'
import { speak } from '../src/i18n/i18n.svelte'
import { accessibilityProblems } from './axe'

afterEach(() => vi.useRealTimers())

async function openPad(access = new FakeAccess()) {
  const seen: UnlockView[] = []
  const oncancel = vi.fn()
  const onsubmit = async (pin: string) => {
    const view = access.unlock(pin)
    seen.push(view)
    return view
  }
  const { container } = render(PinPad, { onsubmit, oncancel })
  await waitFor(() => expect(seen).toHaveLength(1))
  const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.isFakeTimers() && vi.advanceTimersByTime(milliseconds) })
  const last = () => seen.at(-1)
  return { access, container, last, oncancel, user }
}

describe('the pad', () => {
  it('opens with a finger, and says how much was typed but never what', async () => {
    const { container, last, user } = await openPad()
    for (const key of '246810') await user.click(screen.getByRole('button', { name: key }))
    expect(screen.getByText('6 digits typed')).toBeTruthy()
    expect(container.textContent).not.toContain('2468')
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Check the PIN' }))
    await waitFor(() => expect(last()?.unlocked).toBe(true))
  })

  it('opens with the keys of a keyboard, in any script', async () => {
    const { last, user } = await openPad()
    await user.keyboard('9{Backspace}٢۴6810{Enter}')
    await waitFor(() => expect(last()?.unlocked).toBe(true))
  })

  it('says how many tries are left, then counts the wait down, and lets try again', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const { container, user } = await openPad()
    for (const left of ['4 tries left', '3 tries left', '2 tries left', '1 try left']) {
      await user.keyboard('975312{Enter}')
      await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(left))
      expect(screen.getByText('0 digits typed')).toBeTruthy()
    }
    await user.keyboard('975312{Enter}')
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Too many tries.'))
    expect(screen.getByRole('timer').textContent).toMatch(/Try again in (60|59|58) seconds/)
    expect((screen.getByRole('button', { name: '1' }) as HTMLButtonElement).disabled).toBe(true)
    await user.keyboard('246810{Enter}')
    expect(screen.getByText('0 digits typed')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    vi.advanceTimersByTime(30_000)
    await waitFor(() => expect(screen.getByRole('timer').textContent).toMatch(/in 2\d seconds|in 30 seconds/))
    vi.advanceTimersByTime(31_000)
    await waitFor(() => expect(screen.queryByRole('timer')).toBeNull())
    await user.keyboard('2')
    expect(screen.getByText('1 digit typed')).toBeTruthy()
  })

  it('shows a wait that began before it was opened', async () => {
    const access = new FakeAccess()
    access.wait = 1_200
    for (let tried = 0; tried < 5; tried += 1) access.unlock('975312')
    await openPad(access)
    expect(screen.getByRole('timer').textContent).toBe('Try again in 20 minutes.')
  })

  it('takes the recovery code where somebody forgot the PIN', async () => {
    const { access, container, last, user } = await openPad()
    await user.click(screen.getByRole('button', { name: 'I forgot the PIN' }))
    expect(screen.getByRole('heading', { name: 'Recovery code' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'A' }))
    await user.keyboard('cdef-hjkmn-pqrtw-xy347')
    expect(screen.getByText('20 of 20 typed')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(last()?.unlocked).toBe(true))
    expect(access.mustSet).toBe(true)
  })

  it('goes back with Escape and with its button', async () => {
    const { oncancel, user } = await openPad()
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('button', { name: 'Back' }))
    expect(oncancel).toHaveBeenCalledTimes(2)
  })

  it('says what is wrong when there is no PIN', async () => {
    const access = new FakeAccess()
    access.pin = access.code = ''
    const onsubmit = async (pin: string) => access.unlock(pin)
    render(PinPad, { onsubmit, oncancel: () => {} })
    expect(await screen.findByText('Set one in the staff window.')).toBeTruthy()
  })
})

async function openSettings(change: (access: FakeAccess) => void = () => {}) {
  const host = new FakeHost()
  change(host.access)
  const onchange = vi.fn()
  const { container } = render(PinSettings, { host, onchange })
  await screen.findByRole('heading', { name: 'Staff PIN' })
  return { host, onchange, container, user: userEvent.setup() }
}

async function type(user: ReturnType<typeof userEvent.setup>, pin: string, again = pin) {
  await user.clear(await screen.findByLabelText('New PIN'))
  await user.type(screen.getByLabelText('New PIN'), pin)
  await user.clear(screen.getByLabelText('The new PIN again'))
  await user.type(screen.getByLabelText('The new PIN again'), again)
}

describe('the settings', () => {
  it('set the first PIN, and show the code until it is written down', async () => {
    const { host, user, container, onchange } = await openSettings((access) => (access.pin = access.code = ''))
    await type(user, '864209')
    await user.click(screen.getByRole('button', { name: 'Set the PIN' }))
    const sheet = within(await screen.findByRole('dialog', { name: 'Your recovery code' }))
    expect(sheet.getByText(/^ACDEF-HJKMN-PQRTW-XY34.$/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    expect(onchange).not.toHaveBeenCalled()
    screen.getByRole('dialog').dispatchEvent(new Event('cancel', { cancelable: true }))
    expect((await sheet.findByRole('alert')).textContent).toContain('write it down first')
    const print = vi.spyOn(window, 'print').mockImplementation(() => {})
    await user.click(sheet.getByRole('button', { name: 'Print it' }))
    expect(print).toHaveBeenCalledOnce()
    expect(document.querySelector('body > .recovery-sheet')?.textContent).toContain('ACDEF-')
    await user.click(sheet.getByRole('button', { name: 'I wrote it down' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(document.body.textContent).not.toContain('ACDEF-')
    expect(onchange).toHaveBeenCalledOnce()
    expect(host.access.pin).toBe('864209')
    expect(screen.getByText('A PIN is set')).toBeTruthy()
  })

  it('say at once why digits are no good PIN, at the field', async () => {
    const { user, host } = await openSettings((access) => (access.pin = access.code = ''))
    for (const [pin, again, words] of [
      ['12345', '12345', 'A PIN has 6 to 12 digits.'],
      ['12345a', '12345a', 'A PIN has digits only.'],
      ['123456', '123456', /People try this one first/],
      ['864209', '864208', 'The two are not the same.'],
    ] as const) {
      await type(user, pin, again)
      await user.click(screen.getByRole('button', { name: 'Set the PIN' }))
      expect(await screen.findByText(words)).toBeTruthy()
      expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
    }
    expect(host.log).not.toContain('set_pin')
  })

  it('change the PIN only with the one until now', async () => {
    const { user, host, container } = await openSettings()
    await user.click(await screen.findByRole('button', { name: 'Change the PIN…' }))
    await type(user, '٨٦٤٢٠٩')
    await user.click(screen.getByRole('button', { name: 'Change the PIN' }))
    expect(await screen.findByText('Please type the PIN first.')).toBeTruthy()
    await user.type(screen.getByLabelText('PIN until now'), '111111')
    await user.click(screen.getByRole('button', { name: 'Change the PIN' }))
    expect((await screen.findByRole('alert')).textContent).toContain('4 tries left')
    expect(await accessibilityProblems(container)).toEqual([])
    await user.clear(screen.getByLabelText('PIN until now'))
    await user.type(screen.getByLabelText('PIN until now'), '246810{Enter}')
    expect(await screen.findByText('The new PIN works from now on.')).toBeTruthy()
    expect(host.access.pin).toBe('864209')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('ask for a new PIN, and for no old one, after the recovery code was used', async () => {
    const { user } = await openSettings((access) => void access.unlock(access.code))
    expect(await screen.findByText(/The recovery code was used/)).toBeTruthy()
    expect(screen.queryByLabelText('PIN until now')).toBeNull()
    await type(user, '864209')
    await user.click(screen.getByRole('button', { name: 'Set the PIN' }))
    expect(await screen.findByRole('dialog', { name: 'Your recovery code' })).toBeTruthy()
  })

  it('make a new recovery code for who knows the PIN', async () => {
    const { user, host } = await openSettings()
    await user.click(await screen.findByRole('button', { name: 'New recovery code…' }))
    await user.type(screen.getByLabelText('PIN you have now'), '246810{Enter}')
    expect(await screen.findByRole('dialog', { name: 'Your recovery code' })).toBeTruthy()
    expect(host.access.code).not.toBe('ACDEFHJKMNPQRTWXY347')
  })

  it('speak Arabic', async () => {
    speak('ar')
    render(PinSettings, { host: new FakeHost(), onchange: () => {} })
    expect(await screen.findByText('الرمز معيّن')).toBeTruthy()
  })
})

describe('rules', () => {
  it('know the digits of every keyboard', () => {
    for (const [key, digit] of [['7', '7'], ['٧', '7'], ['۷', '7'], ['７', '7'], ['a', null], ['Enter', null], ['²', null]] as const) {
      expect(digitOf(key), key).toBe(digit)
    }
  })

  it('refuse what the desk refuses', () => {
    for (const pin of ['000000', '123456', '654321', '890123', '121212', '123123', '987654']) expect(pinProblem(pin, pin), pin).toBe('simple')
    for (const pin of ['246810', '112233', '123457', '902817364510']) expect(pinProblem(pin, pin), pin).toBeNull()
    expect(pinProblem('1234567890123', '')).toBe('short')
  })
})
