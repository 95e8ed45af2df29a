// Privacy: what is kept, shorter times said beforehand, erasing with counts, the export.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import PrivacyView from '../src/views/PrivacyView.svelte'
import { accessibilityProblems } from './axe'

async function openPrivacy(host = new FakeHost()) {
  const { container } = render(PrivacyView, { host, desk: null, onchange: () => {} })
  await screen.findByRole('heading', { name: 'What is kept, and for how long' })
  return { host, container, user: userEvent.setup() }
}

describe('privacy', () => {
  it('shows on one screen what is kept, how long, where and how much', async () => {
    const { container } = await openPrivacy()
    const row = within(screen.getByRole('row', { name: /Conversations on the visitors/ }))
    expect(row.getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.text).toBe('Until the visitor leaves')
    expect(screen.getByText('18 conversations')).toBeTruthy()
    expect(screen.getByText(/AppData/)).toBeTruthy()
    expect(screen.getByText(/has asked no other computer for anything/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('says what a shorter time erases before it is saved', async () => {
    const { user, host } = await openPrivacy()
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Keep it so' })
    expect(save.disabled).toBe(true)
    const time = screen.getByRole('combobox', { name: /Other conversations/ })
    await user.selectOptions(time, '90 days')
    expect(screen.queryByText(/cannot be brought back/)).toBeNull()
    await user.selectOptions(time, '7 days')
    expect(screen.getByText(/cannot be brought back/)).toBeTruthy()
    expect(await screen.findByText(/erases at once: 11 conversations, 0 wishes/)).toBeTruthy()
    expect(host.privacy.times.conversation_days).toBe(30)
    await user.click(save)
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(host.privacy.times.conversation_days).toBe(7)
  })

  it('erases only after saying how much, and tells what went', async () => {
    const { user, host, container } = await openPrivacy()
    await user.click(screen.getByRole('button', { name: 'Erase…' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/64 questions/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.privacy.kept.questions).toBe(64)
    await user.click(screen.getByRole('button', { name: 'Erase…' }))
    await user.click(screen.getByRole('checkbox', { name: /3 wishes/ }))
    await user.click(screen.getByRole('button', { name: 'Erase them for good' }))
    expect(await screen.findByText(/Erased: 19 conversations, 3 wishes, 0 open questions/)).toBeTruthy()
    await waitFor(() => expect(screen.getByText('No words of visitors are kept at the moment.')).toBeTruthy())
    expect(host.privacy.kept.gaps).toBe(3)
  })

  it('leaves whoever still waits for a person, and says so', async () => {
    const { user } = await openPrivacy()
    await user.click(screen.getByRole('button', { name: 'Erase…' }))
    expect(screen.getByText(/conversations of those who still wait stay/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Erase them for good' }))
    expect(await screen.findByText(/1 conversation stayed, because somebody in it waits/)).toBeTruthy()
  })

  it('writes everything into a folder, and says where a folder is missing', async () => {
    const { user } = await openPrivacy()
    const folder = screen.getByLabelText('Folder, with its whole path')
    await user.type(folder, 'stick{Enter}')
    expect(await screen.findByText('There is no folder "stick".')).toBeTruthy()
    await user.clear(folder)
    await user.type(folder, '/media/stick{Enter}')
    expect(await screen.findByText('/media/stick/frontdesk-people-2026-11-22.html')).toBeTruthy()
  })

  it('does not say that nothing is sent when a database is asked', async () => {
    const host = new FakeHost()
    host.privacy.databases = ['postgres://me:•••@10.0.0.5/shop#orders']
    await openPrivacy(host)
    expect(screen.queryByText(/has asked no other computer/)).toBeNull()
    expect(screen.getByText(/10\.0\.0\.5/)).toBeTruthy()
  })

  it('explains why nothing is erased while the clock cannot be believed', async () => {
    const host = new FakeHost()
    host.privacy.waits = true
    await openPrivacy(host)
    expect(screen.getByText(/The clock of this computer jumped/)).toBeTruthy()
  })
})
