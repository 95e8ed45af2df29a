// The visitor window.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { announceLanguage } from '../src/shared/language-news'
import KioskWindow from '../src/views/KioskWindow.svelte'
import { accessibilityProblems } from './axe'

async function openKiosk(options: FakeOptions = {}) {
  const host = new FakeHost({ ...options, surface: 'kiosk' })
  const { container } = render(KioskWindow, { host })
  await screen.findByText('Harbour Outfitters')
  return { host, container, user: userEvent.setup() }
}

it('answers, and never asks for anything that belongs to staff', async () => {
  const { host, user, container } = await openKiosk()
  await user.click(screen.getByRole('button', { name: 'When do you open on Sundays?' }))
  await screen.findByText('Approved answer')
  expect(await accessibilityProblems(container)).toEqual([])
  expect(new Set(host.log)).toEqual(new Set(['greet', 'ask']))
})

it('lets a visitor choose language and text size, and forgets both', async () => {
  const { user } = await openKiosk()
  await user.click(screen.getByRole('button', { name: 'Largest text' }))
  expect(document.documentElement.dataset['text']).toBe('largest')
  await user.click(screen.getByRole('button', { name: 'When do you open on Sundays?' }))
  await screen.findByText('Approved answer')
  await user.click(screen.getByRole('button', { name: 'العربية' }))
  expect(document.documentElement.dir).toBe('rtl')
  expect(screen.getByText('إجابة معتمدة')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'ابدأ من جديد' }))
  expect(document.documentElement.lang).toBe('en')
  await waitFor(() => expect(document.documentElement.dataset['text']).toBe('normal'))
})

it('follows at once when staff chooses another language', async () => {
  await openKiosk()
  announceLanguage('ar')
  await waitFor(() => expect(document.documentElement.lang).toBe('ar'))
})

it('says how to reach a person', async () => {
  const { user, container } = await openKiosk()
  await user.click(screen.getByRole('button', { name: 'Talk to a person' }))
  expect(within(screen.getByRole('dialog')).getByText(/Ask at the counter/)).toBeTruthy()
  expect(await accessibilityProblems(container)).toEqual([])
})
