// The look of the desk: tried, saved, taken back.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import LookView from '../src/views/LookView.svelte'
import { accessibilityProblems } from './axe'

async function openLook(host = new FakeHost()) {
  let changes = 0
  const { container } = render(LookView, { host, desk: null, onchange: () => changes++ })
  await screen.findByLabelText('Name')
  return { host, container, user: userEvent.setup(), changes: () => changes }
}

it.each(['en', 'de', 'ar'])('has no accessibility problems in %s', async (language) => {
  const host = new FakeHost()
  const { container } = render(LookView, { host, desk: null, onchange: () => {} })
  await waitFor(() => expect(container.querySelector('form')).toBeTruthy())
  speak(language)
  expect(await accessibilityProblems(container)).toEqual([])
})

it('shows what is tried at once and saves it only when asked', async () => {
  const { host, user, changes } = await openLook()
  await user.clear(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('Name'), 'Rosa’s')
  await user.click(screen.getByRole('button', { name: 'Colour 4: #c8102e' }))
  const preview = screen.getByRole('img', { name: /by day/ })
  expect(within(preview).getByText('Rosa’s')).toBeTruthy()
  expect(preview.style.getPropertyValue('--brand')).toMatch(/^oklch\(/)
  expect(host.look.view?.name).toBe('Harbour Outfitters')
  await user.click(screen.getByRole('button', { name: 'Save the look' }))
  await screen.findByText(/Saved\. Visitors/)
  expect(host.look.view).toMatchObject({ name: 'Rosa’s', colour: '#c8102e' })
  expect(changes()).toBe(1)
  expect(host.log.filter((one) => one === 'change')).toHaveLength(1)
})

it('takes the last change back, words and colour together', async () => {
  const { host, user } = await openLook()
  expect(screen.queryByRole('button', { name: 'Undo the last change' })).toBeNull()
  await user.type(screen.getByLabelText('Welcome'), ' And come in!')
  await user.click(screen.getByRole('button', { name: 'Colour 1: #1d4ed8' }))
  await user.click(screen.getByRole('button', { name: 'Save the look' }))
  await user.click(await screen.findByRole('button', { name: 'Undo the last change' }))
  await screen.findByText('The last change was taken back.')
  expect(host.look.view?.colour).toBe('')
  expect(host.look.view?.welcome).not.toContain('And come in')
})

it('gives the desk its own colour back, and that can be taken back too', async () => {
  const { host, user } = await openLook()
  await user.click(screen.getByRole('button', { name: 'Colour 1: #1d4ed8' }))
  await user.click(screen.getByRole('button', { name: 'Save the look' }))
  await user.click(await screen.findByRole('button', { name: 'Choose a picture…' }))
  await user.click(await screen.findByRole('button', { name: /own colour, without a logo/ }))
  await screen.findByText('The desk has its own colour again.')
  expect(host.look.view).toMatchObject({ colour: '', logo: '' })
  await user.click(screen.getByRole('button', { name: 'Undo the last change' }))
  await waitFor(() => expect(host.look.view?.colour).toBe('#1d4ed8'))
  expect(host.look.view?.logo).toMatch(/^data:image\/png/)
})

it('says that a colour is corrected, and what a colour is', async () => {
  const { user } = await openLook()
  const code = screen.getByLabelText(/Or its code/)
  await user.type(code, '#f5a623')
  await screen.findByText(/By day it is shown a little darker/)
  await user.clear(code)
  await user.type(code, '#12')
  await screen.findByText(/A colour is #/)
})

it('a picture that is none gets a sentence, and what was typed stays', async () => {
  const host = new FakeHost()
  host.capabilities.chooseFiles = false
  const { user } = await openLook(host)
  await user.type(screen.getByLabelText('Name'), ' 2')
  await user.type(screen.getByLabelText(/path on this computer/), '/home/me/logo.svg')
  await user.click(screen.getByRole('button', { name: 'Use this picture' }))
  await screen.findByText(/This file is no PNG or JPEG picture/)
  expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('Harbour Outfitters 2')
})
