// Who waits for a person, and what visitors said.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { startOf } from '../src/features/visitors/talks.svelte'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import VisitorsView from '../src/views/VisitorsView.svelte'
import { accessibilityProblems } from './axe'

function open(options: FakeOptions = {}) {
  const host = new FakeHost(options)
  const { container } = render(VisitorsView, { host, desk: null, onchange: () => {} })
  return { host, user: userEvent.setup(), container }
}

/** A few are enough: looking things up by their role takes long on a long page. */
async function openTalks(options: FakeOptions = { talks: 12 }) {
  const opened = open(options)
  await opened.user.click(screen.getByRole('tab', { name: 'Conversations' }))
  return opened
}

describe('waiting for a person', () => {
  it('puts an emergency first, marks what is new and has no accessibility problems', async () => {
    const { container, user } = open()
    const list = within(await screen.findByRole('list', { name: 'Waiting for a person' }))
    const rows = list.getAllByRole('button')
    expect(rows[0]?.textContent).toContain('Emergency')
    expect(rows[0]?.textContent).toContain('New')
    expect(screen.getByText('2 visitors are waiting for a person.')).toBeTruthy()
    await user.click(rows[0]!)
    expect(await screen.findByText('Somebody fell on the stairs')).toBeTruthy()
    expect(rows[0]?.textContent).not.toContain('New')
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('is taken, answered and done', async () => {
    const { host, user } = open()
    await user.click(await screen.findByRole('button', { name: /Number 2/ }))
    await user.click(await screen.findByRole('button', { name: 'Take it' }))
    await screen.findByText(/You are talking now/)
    await user.type(screen.getByLabelText('Your reply'), 'Two metres twenty.')
    await user.click(screen.getByRole('button', { name: 'Send the reply' }))
    expect(await screen.findByText('Two metres twenty.')).toBeTruthy()
    expect(screen.getByLabelText<HTMLTextAreaElement>('Your reply').value).toBe('')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: /Number 2/ })).toBeNull())
    expect(host.log).toEqual(expect.arrayContaining(['take_ticket', 'reply_ticket', 'close_ticket']))
  })

  it('keeps what was typed when the reply could not be sent', async () => {
    const { host, user } = open()
    await user.click(await screen.findByRole('button', { name: /Number 2/ }))
    await user.type(await screen.findByLabelText('Your reply'), 'Coming.')
    host.office.tickets.tickets = host.office.tickets.tickets.filter(({ ticket }) => ticket.id !== 2)
    await user.click(screen.getByRole('button', { name: 'Send the reply' }))
    await screen.findByRole('alert')
    expect(screen.getByLabelText<HTMLTextAreaElement>('Your reply').value).toBe('Coming.')
  })

  it('offers no reply to a visitor who has left', async () => {
    const { user } = open()
    await user.click(await screen.findByRole('button', { name: /Number 4/ }))
    await screen.findByText(/The visitor has left the screen/)
    expect(screen.queryByLabelText('Your reply')).toBeNull()
  })

  it('says what goes with a wish of somebody who has left, before it goes', async () => {
    const { host, user } = open()
    await user.click(await screen.findByRole('button', { name: /Number 4/ }))
    await user.click(await screen.findByRole('button', { name: 'Done' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Finish and erase number 4?' }))
    expect(dialog.getByText('This cannot be undone.')).toBeTruthy()
    expect(dialog.getByText(/\d+ lines? of the conversation/)).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.log).not.toContain('close_ticket')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await user.click(screen.getByRole('button', { name: 'Finish and erase' }))
    await waitFor(() => expect(host.log).toContain('close_ticket'))
  })

  it('says what happens here while nobody waits', async () => {
    open({ empty: true })
    expect(await screen.findByText(/When a visitor asks for a person, it shows here/)).toBeTruthy()
  })
})

describe('conversations', () => {
  it('are listed, opened and searched, without accessibility problems', async () => {
    const { user, container } = await openTalks()
    const list = within(await screen.findByRole('list', { name: 'Conversations' }))
    expect(list.getAllByRole('button')).toHaveLength(12)
    expect(screen.getByText('12 of 12 shown')).toBeTruthy()
    expect(list.getAllByText('The words were erased')).toHaveLength(1)
    await user.click(list.getAllByRole('button')[3]!)
    expect(await screen.findByText('I still do not know.')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.type(screen.getByLabelText('Search in what was said'), 'camper')
    await waitFor(() => expect(screen.queryByText('12 of 12 shown')).toBeNull())
    await user.clear(screen.getByLabelText('Search in what was said'))
    await user.type(screen.getByLabelText('Search in what was said'), 'nobody said this')
    expect(await screen.findByText(/Nothing matches/)).toBeTruthy()
  })

  it('are filtered by what became of them', async () => {
    const { user, host } = await openTalks()
    await screen.findByText('12 of 12 shown')
    await user.selectOptions(screen.getByLabelText('What became of it'), 'refused')
    await waitFor(() => expect(screen.queryByText('12 of 12 shown')).toBeNull())
    expect(host.log.filter((one) => one === 'list')).toHaveLength(2)
  })

  it('are erased only after saying what goes and what stays', async () => {
    const { user, host } = await openTalks()
    await user.click(await screen.findByRole('button', { name: 'Erase all…' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByRole('heading', { name: 'Erase 11 conversations?' })).toBeTruthy()
    expect(dialog.getByText(/The numbers in the insights stay/)).toBeTruthy()
    expect(dialog.getByText(/1 conversation stays/)).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.log).not.toContain('erase')
    await user.click(screen.getByRole('button', { name: 'Erase all…' }))
    await user.click(screen.getByRole('button', { name: 'Erase for good' }))
    expect(await screen.findByText(/11 conversations were erased/)).toBeTruthy()
    expect(screen.getByText('1 of 1 shown')).toBeTruthy()
  })

  it('one in which somebody waits cannot be erased', async () => {
    const { user } = await openTalks()
    const list = within(await screen.findByRole('list', { name: 'Conversations' }))
    await user.click(list.getAllByRole('button')[1]!)
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Erase this conversation…' })
    expect(button.disabled).toBe(true)
    expect(screen.getByText(/Finish that first/)).toBeTruthy()
  })

  it('are exported as the list shows them, into a folder where there is a window', async () => {
    const host = new FakeHost({ talks: 12 })
    host.capabilities.saveFiles = false
    render(VisitorsView, { host, desk: null, onchange: () => {} })
    const user = userEvent.setup()
    await user.click(screen.getByRole('tab', { name: 'Conversations' }))
    await user.click(await screen.findByRole('button', { name: 'Export…' }))
    await user.click(screen.getByRole('radio', { name: /JSON/ }))
    await user.click(screen.getByRole('button', { name: 'Choose a folder…' }))
    expect(await screen.findByText(/12 conversations were written to conversations-2026-11-22.json/)).toBeTruthy()
  })

  it('reads right in Arabic', async () => {
    speak('ar')
    const { container, user } = open({ talks: 12 })
    await user.click(screen.getByRole('tab', { name: 'المحادثات' }))
    await screen.findByRole('list', { name: 'المحادثات' })
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('show thousands without drawing them all', async () => {
    const { user } = await openTalks({ talks: 5_000 })
    await screen.findByText('100 of 5,000 shown')
    await user.click(screen.getByText('Show more'))
    expect(await screen.findByText('200 of 5,000 shown')).toBeTruthy()
  })
})

describe('a day typed into a filter', () => {
  it('begins at the midnight of this computer', () => {
    expect(startOf('2026-11-22', 0)).toBe(new Date(2026, 10, 22).getTime() / 1_000)
    expect(startOf('2026-11-30', 1)).toBe(new Date(2026, 11, 1).getTime() / 1_000)
    expect(startOf('', 1)).toBeNull()
  })
})
