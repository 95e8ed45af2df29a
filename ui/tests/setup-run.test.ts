// The first run: five steps, resumed where it stopped, left out at will.
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import StaffWindow from '../src/views/StaffWindow.svelte'
import { accessibilityProblems } from './axe'

async function openNew(options: FakeOptions = {}, step = 0, prepare: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost({ isNew: true, ...options })
  prepare(host)
  host.setup.view.step = step
  const { container } = render(StaffWindow, { host })
  await screen.findByRole('heading', { level: 1, name: /Step/ })
  return { host, container, user: userEvent.setup() }
}

const next = () => screen.getByRole('button', { name: 'Continue' })
const title = () => screen.getByRole('heading', { level: 1 }).textContent

afterEach(() => history.replaceState(null, '', '/'))

it.each([0, 1, 2, 3, 4])('step %i has no accessibility problems', async (step) => {
  const { container } = await openNew({}, step)
  if (step === 2) await screen.findByText('A better model for this computer')
  expect(await accessibilityProblems(container)).toEqual([])
})

it('leads from the language to a working chat, and never downloads by itself', async () => {
  const { host, user } = await openNew()
  expect(screen.queryByRole('navigation')).toBeNull()
  await user.click(next())
  expect(title()).toContain('What is this desk for?')
  expect(document.activeElement?.id).toBe('setup-title')
  await user.click(screen.getByRole('radio', { name: /Museum/ }))
  await screen.findByText(/The sample shop’s answers, documents and orders go/)
  await user.type(screen.getByLabelText('Its name'), 'Tide Museum')
  await user.click(next())
  expect(host.setup.view).toMatchObject({ kit: 'museum', step: 2 })
  expect(host.setup.name).toBe('Tide Museum')
  await screen.findByText('A better model for this computer')
  await user.click(next())
  await user.click(next())
  await screen.findByText(/17 drafts wait for your words/)
  await user.click(screen.getByRole('button', { name: 'Finish and try it' }))
  await screen.findByRole('navigation')
  expect(await screen.findByText('Questions to start with')).toBeTruthy()
  expect(host.setup.view.done).toBe(true)
  expect(host.log).not.toContain('start_download')
  expect(host.log).not.toContain('offer_download')
})

it('ends in the visitors’ screen at one press, where there is a PIN', async () => {
  const { host, user } = await openNew({}, 4)
  await user.click(await screen.findByRole('button', { name: 'Start the visitors’ screen' }))
  await screen.findByRole('navigation')
  expect([host.setup.view.done, host.kiosk.started]).toEqual([true, 1])
})

it('goes on after a PIN was set and its recovery code put away', async () => {
  const { user } = await openNew({}, 3, ({ access }) => (access.pin = access.code = ''))
  for (const field of ['New PIN', 'The new PIN again']) await user.type(await screen.findByLabelText(field), '864209')
  await user.click(screen.getByRole('button', { name: 'Set the PIN' }))
  await user.click(await screen.findByRole('button', { name: 'I wrote it down' }))
  await user.click(next())
  expect(await screen.findByLabelText(/File or folder/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Back' }))
  expect(await screen.findByText('A PIN is set')).toBeTruthy()
})

it('offers no screen that nobody could leave', async () => {
  const { host } = await openNew({}, 3)
  host.access.pin = host.access.code = ''
  const asked = vi.spyOn(host.kiosk, 'answer')
  await userEvent.setup().click(next())
  await screen.findByRole('button', { name: 'Finish and try it' })
  await waitFor(() => expect(asked).toHaveBeenCalledWith(expect.objectContaining({ what: 'state' })))
  expect(screen.queryByRole('button', { name: 'Start the visitors’ screen' })).toBeNull()
})

it('goes on where it stopped, and back', async () => {
  const { host, user } = await openNew({}, 3)
  expect(title()).toContain('Who may leave')
  await user.click(screen.getByRole('button', { name: 'Back' }))
  await waitFor(() => expect(host.setup.view.step).toBe(2))
})

it('can be left out, and gone through again later', async () => {
  const { host, user } = await openNew()
  await user.click(screen.getByRole('button', { name: 'Skip the set-up' }))
  await user.click(await screen.findByRole('button', { name: 'Look and languages' }))
  expect(host.setup.view.done).toBe(true)
  expect(host.setup.view.kit).toBe('sample')
  await user.click(await screen.findByRole('button', { name: /first steps again/ }))
  await screen.findByRole('heading', { level: 1, name: /Step 1 of 5/ })
})

it('speaks the chosen language at once', async () => {
  const { host, user } = await openNew()
  await user.click(screen.getByRole('radio', { name: 'العربية' }))
  await waitFor(() => expect(document.documentElement.dir).toBe('rtl'))
  expect(host.office.settings.language).toBe('ar')
  expect(title()).toContain('ما لغتكم؟')
})

it('does not disturb a desk that is set up, unless its address asks', async () => {
  const host = new FakeHost()
  const { unmount } = render(StaffWindow, { host })
  await screen.findByText('Questions to start with')
  expect(host.log).toContain('state')
  expect(screen.queryByText('Skip the set-up')).toBeNull()
  unmount()
  history.replaceState(null, '', '/?setup')
  render(StaffWindow, { host })
  await userEvent.setup().click(await screen.findByRole('button', { name: 'Skip the set-up' }))
  await waitFor(() => expect(location.search).toBe(''))
})
