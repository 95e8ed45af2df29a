// The keyboard on the screen, through the visitors' window.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import KioskWindow from '../src/views/KioskWindow.svelte'
import { accessibilityProblems } from './axe'

async function openKeys(options: FakeOptions = {}) {
  const host = new FakeHost({ ...options, surface: 'kiosk' })
  const sent = vi.spyOn(host, 'visit')
  const { container } = render(KioskWindow, { host })
  const user = userEvent.setup()
  await screen.findByText('Harbour Outfitters')
  await user.click(container.querySelector('#ask-me') as Element)
  await waitFor(() => expect(container.querySelector('#question')).toBeTruthy())
  const field = container.querySelector<HTMLTextAreaElement>('#question') as HTMLTextAreaElement
  await waitFor(() => expect(document.activeElement).toBe(field))
  if (options.kiosk?.keyboard !== false) await waitFor(() => expect(container.querySelector('.keyboard')).toBeTruthy())
  return { host, sent, container, user, field }
}

const board = () => screen.getByRole('region', { name: 'Keyboard' })
/** A letter by what it types: which of its two faces shows is a matter of the stylesheet, which is not here. */
const key = (name: string) =>
  [...name].length > 1
    ? within(board()).getByRole('button', { name })
    : ([...board().querySelectorAll('button')].find((one) => one.dataset['text']?.split('\t').includes(name)) ?? within(board()).getByRole('button', { name }))
/** Away from the corner, where taps mean something else. */
const FINGER = { button: 0, clientX: 600, clientY: 600 }
/** As a finger does it: down, up, click. */
async function tap(button: HTMLElement) {
  await fireEvent.pointerDown(button, FINGER)
  await fireEvent.pointerUp(button, FINGER)
  await fireEvent.click(button, { detail: 1 })
}
const tapAll = async (names: string) => {
  for (const name of names) await tap(name === ' ' ? key('Space') : key(name))
}

it('opens with the field, types, sends, and makes room for the answer', async () => {
  const { field, container } = await openKeys()
  expect(await accessibilityProblems(container)).toEqual([])
  await tap(key('Capital letters'))
  await tapAll('W')
  await tapAll('hen')
  await tapAll(' ')
  await tapAll('doyuo')
  expect(field.value).toBe('When doyuo')
  await tap(key('Delete one character'))
  await tap(key('Delete one character'))
  await tapAll('ou open?')
  expect(document.activeElement).toBe(field)
  await tap(key('Ask'))
  await waitFor(() => expect(screen.getByText('Approved answer')).toBeTruthy())
  expect(screen.queryByRole('region', { name: 'Keyboard' })).toBeNull()
})

it('leaves real keys alone, and each writes at the cursor', async () => {
  const { field, user } = await openKeys()
  await user.keyboard('zps')
  field.setSelectionRange(1, 1)
  await tapAll('i')
  expect([field.value, field.selectionStart]).toEqual(['zips', 2])
  field.setSelectionRange(0, 4)
  await tapAll('a')
  expect(field.value).toBe('a')
})

it('keeps capitals when shift is pressed twice', async () => {
  const { field } = await openKeys()
  await tap(key('Capital letters'))
  await tap(key('Capital letters'))
  await tapAll('HO')
  expect(key('Capital letters').getAttribute('aria-pressed')).toBe('true')
  await tap(key('Capital letters'))
  await tapAll('x')
  expect(field.value).toBe('HOx')
})

it('offers accents behind a long press, in the right case', async () => {
  const { field } = await openKeys()
  await tap(key('Capital letters'))
  await fireEvent.pointerDown(key('E'), FINGER)
  const accent = await waitFor(() => key('É'))
  await fireEvent.pointerUp(key('E'), FINGER)
  await tap(accent)
  await tapAll('t')
  expect(field.value).toBe('Ét')
})

it('deletes whole characters, and goes on while it is held', async () => {
  const { field } = await openKeys()
  await fireEvent.input(field, { target: { value: 'ab👩‍🍳é' } })
  field.setSelectionRange(field.value.length, field.value.length)
  await tap(key('Delete one character'))
  await tap(key('Delete one character'))
  expect(field.value).toBe('ab')
  await fireEvent.pointerDown(key('Delete one character'), FINGER)
  await waitFor(() => expect(field.value).toBe(''))
  await fireEvent.pointerUp(key('Delete one character'), FINGER)
})

it('has a second layer, and can be put away', async () => {
  const { field } = await openKeys()
  await tap(key('Numbers and signs'))
  await tapAll('1€')
  await tap(key('Letters'))
  await tapAll('a')
  expect(field.value).toBe('1€a')
  await tap(key('Hide the keyboard'))
  expect(screen.queryByRole('region', { name: 'Keyboard' })).toBeNull()
})

it('writes no more than fits', async () => {
  const { field } = await openKeys()
  await fireEvent.input(field, { target: { value: 'x'.repeat(1_000) } })
  await tapAll('a')
  expect(field.value).toHaveLength(1_000)
})

it('opens an order with digits and the next field with letters', async () => {
  const { sent, container } = await openKeys()
  await tapAll('where is my order')
  await tap(key('Ask'))
  const number = await screen.findByLabelText<HTMLInputElement>('Order number')
  number.focus()
  await waitFor(() => expect(key('7')).toBeTruthy())
  await tap(key('Letters'))
  await tap(key('Capital letters'))
  await tap(key('Capital letters'))
  await tapAll('HO')
  await tap(key('Numbers and signs'))
  await tapAll('-104106')
  await tap(key('Next field'))
  const proof = screen.getByLabelText<HTMLInputElement>('Something that shows it is yours')
  expect(document.activeElement).toBe(proof)
  await waitFor(() => expect(key('@')).toBeTruthy())
  await tapAll('test@example.org')
  await tap(key('Send'))
  await screen.findByText('Your order is on its way.')
  expect(sent).toHaveBeenCalledWith(expect.objectContaining({ do: 'verify_order', number: 'HO-104106', proof: 'test@example.org' }))
  expect(container.querySelector('.keyboard')).toBeNull()
})

it('speaks Arabic', async () => {
  const { field } = await openKeys({ language: 'ar' })
  await waitFor(() => expect(document.documentElement.lang).toBe('ar'))
  const keys = screen.getByRole('region', { name: 'لوحة المفاتيح' })
  for (const letter of 'سلام') await tap([...keys.querySelectorAll('button')].find((one) => one.dataset['text']?.startsWith(letter)) as HTMLElement)
  expect(field.value).toBe('سلام')
  await speak('en')
})

it('stays away where the shop has a keyboard of its own', async () => {
  await openKeys({ kiosk: { keyboard: false } })
  expect(screen.queryByRole('region', { name: 'Keyboard' })).toBeNull()
})

it('answers a screen reader’s press, which has no finger', async () => {
  const { field } = await openKeys()
  await fireEvent.click(key('a'), { detail: 0 })
  expect(field.value).toBe('a')
})

it('draws nothing anew while typing, and is quick', async () => {
  const { field } = await openKeys()
  let changes = 0
  const watch = new MutationObserver((records) => (changes += records.length))
  watch.observe(board(), { subtree: true, childList: true, characterData: true })
  const begun = performance.now()
  for (let n = 0; n < 100; n++) await fireEvent.pointerDown(key('a'), FINGER).then(() => fireEvent.pointerUp(key('a'), FINGER))
  const each = (performance.now() - begun) / 100
  await Promise.resolve()
  watch.disconnect()
  expect([field.value.length, changes]).toEqual([100, 0])
  // Finding the key by its name, as this test does, is the larger part of it.
  expect(each).toBeLessThan(250)
})
