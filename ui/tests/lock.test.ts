// The staff page of the visitors' screen on the fake desk.
import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import KioskView from '../src/views/KioskView.svelte'
import { accessibilityProblems } from './axe'

async function open(prepare: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost()
  prepare(host)
  const { container } = render(KioskView, { host, desk: null, onchange: () => {} })
  await screen.findByRole('tab', { name: 'Lock' })
  return { host, container, user: userEvent.setup() }
}

describe('the visitors’ screen, as staff see it', () => {
  it('starts the screen with one button', async () => {
    const { host, container, user } = await open()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: /Start the visitors/ }))
    expect(host.kiosk.started).toBe(1)
  })

  it('cannot be started without a PIN, and says why', async () => {
    const { host, user } = await open((desk) => {
      desk.access.pin = ''
      desk.access.code = ''
    })
    const start = () => screen.getByRole<HTMLButtonElement>('button', { name: /Start the visitors/ })
    expect(start().disabled).toBe(true)
    expect(document.getElementById(start().getAttribute('aria-describedby') ?? '')?.textContent).toMatch(/Set a PIN first/)
    await user.click(screen.getByRole('tab', { name: 'Lock' }))
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /Begin with/ }).disabled).toBe(true)
    expect(host.kiosk.started).toBe(0)
  })

  it('stays whole when the first PIN is set and its recovery code put away', async () => {
    const { user } = await open((desk) => (desk.access.pin = desk.access.code = ''))
    for (const field of ['New PIN', 'The new PIN again']) await user.type(await screen.findByLabelText(field), '864209')
    await user.click(screen.getByRole('button', { name: 'Set the PIN' }))
    await user.click(await screen.findByRole('button', { name: 'I wrote it down' }))
    expect(await screen.findByText('A PIN is set')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'How it behaves' })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Topic buttons' })).toBeTruthy()
  })

  it('says that a desk without a PIN does not begin with the visitors’ screen, though it was to', async () => {
    const { container } = await open((desk) => {
      desk.kiosk.view.start_in_kiosk = true
      desk.access.pin = ''
      desk.access.code = ''
    })
    expect(screen.getByText(/begins with this window until a PIN is set/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('saves times in words and switches at once', async () => {
    const { host, user } = await open()
    await user.selectOptions(screen.getByLabelText(/Are you still there/), '2 minutes')
    expect(host.kiosk.view.idle_s).toBe(120)
    await user.click(screen.getByRole('checkbox', { name: 'Everything within low reach' }))
    expect(host.kiosk.view.low_reach).toBe(true)
    expect(await screen.findByText('Saved')).toBeTruthy()
  })

  it('lets staff write own buttons and go back to the suggestions', async () => {
    const { host, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Change the buttons' }))
    await user.click(screen.getByRole('button', { name: 'Add a button' }))
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save the buttons' })
    await user.type(screen.getByRole('textbox', { name: 'Button 3' }), 'Lockers')
    expect(save.disabled).toBe(true)
    await user.type(screen.getByRole('textbox', { name: 'What button 3 asks' }), 'Where are the lockers?')
    await user.click(screen.getByRole('button', { name: 'Take button 1 away' }))
    await user.click(save)
    expect(host.kiosk.view.topics.map((topic) => topic.label)).toEqual(['When do you open?', 'Lockers'])
    await user.click(await screen.findByRole('button', { name: 'Use the suggested questions again' }))
    expect(host.kiosk.view.topics).toEqual([])
  })

  it('keeps at least one language', async () => {
    const { host, user } = await open((desk) => (desk.kiosk.view.languages = ['en', 'de']))
    await user.click(screen.getByRole('checkbox', { name: 'Deutsch' }))
    expect(host.kiosk.view.languages).toEqual(['en'])
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'English' }).disabled).toBe(true)
  })

  it('tells what is in force, with what to do about the rest, and writes the files', async () => {
    const { container, user } = await open()
    await user.click(screen.getByRole('tab', { name: 'Lock' }))
    const rows = await screen.findAllByText(/In force|Not in force|Cannot be seen/)
    expect(rows.map((row) => row.textContent)).toEqual(['In force', 'In force', 'Not in force', 'Not in force', 'Not in force', 'Cannot be seen from here'])
    await user.click(screen.getByRole('button', { name: 'Write the files…' }))
    expect(await screen.findByText('/media/stick/frontdesk-kiosk')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('asks for the folder where there is no window, and tells what was wrong with it', async () => {
    const { user } = await open((desk) => (desk.kiosk.view.has_window = false))
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /Start the visitors/ }).disabled).toBe(true)
    await user.click(screen.getByRole('tab', { name: 'Lock' }))
    await user.type(screen.getByLabelText(/Folder on the desk/), '/nowhere')
    await user.click(screen.getByRole('button', { name: 'Write the files…' }))
    expect(within(await screen.findByRole('alert')).getByText(/Choose a folder that exists/)).toBeTruthy()
  })
})
