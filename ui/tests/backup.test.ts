// Backup: how old the newest is, one made, one looked into before it is brought back, the second place.
import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import BackupView from '../src/views/BackupView.svelte'
import { accessibilityProblems } from './axe'

async function openBackup(prepare: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost()
  prepare(host)
  let changes = 0
  const { container } = render(BackupView, { host, desk: null, onchange: () => changes++ })
  await screen.findByRole('heading', { name: 'The backups there are' })
  return { host, container, user: userEvent.setup(), changes: () => changes }
}

describe('backup', () => {
  it('says how old the newest one is, and lists them with their reasons', async () => {
    const { container } = await openBackup()
    expect(screen.getByRole('heading', { name: /newest backup: 5 hours ago/ })).toBeTruthy()
    expect(screen.getAllByText('Of the day')).toHaveLength(4)
    expect(screen.getByText('Before an import')).toBeTruthy()
    expect(screen.getByText('Cannot be read')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('says what is at stake when the newest one is old or missing', async () => {
    await openBackup((host) => (host.backup.age = 5 * 86_400))
    expect(screen.getByText(/What was changed since then would be lost/)).toBeTruthy()
  })

  it('makes no fuss on a desk with nothing in it', async () => {
    await openBackup((host) => (host.backup.isEmpty = true))
    expect(screen.getByRole('heading', { name: 'There is nothing to lose yet.' })).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
  })

  it('makes one, and says that it was read back and where it is', async () => {
    const { user } = await openBackup()
    await user.click(screen.getByRole('button', { name: 'Make a backup now' }))
    expect(await screen.findByText(/Saved and read back: 4 MB/)).toBeTruthy()
    expect(screen.getByText('Made by hand')).toBeTruthy()
  })

  it('puts a backup in place only after saying what will be gone', async () => {
    const { user, host, changes, container } = await openBackup()
    await user.click(screen.getAllByRole('button', { name: /Look into the backup of/ })[1]!)
    expect(await screen.findByText(/The backup is whole: Harbour Outdoor/)).toBeTruthy()
    const row = within(screen.getByRole('row', { name: /Answers 40 42/ }))
    expect(row.getAllByRole('cell')).toHaveLength(2)
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Put it in place of this desk…' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/Then there are 40 answers and 6 documents; now there are 42 answers and 6 documents/)).toBeTruthy()
    expect(dialog.getByText(/Everything that was changed, asked or ordered since .* will be gone/)).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.backup.restored).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Put it in place of this desk…' }))
    await user.click(screen.getByRole('button', { name: 'Put it in place' }))
    expect(await screen.findByText('The desk is what it was in the backup.')).toBeTruthy()
    expect(screen.getByText(/2 conversations in it were erased again/)).toBeTruthy()
    expect(screen.getByText(/before-restore\.fdz/)).toBeTruthy()
    expect(host.backup.restored).toEqual(['replace'])
    expect(changes()).toBe(1)
  })

  it('adds only what is missing', async () => {
    const { user, host } = await openBackup()
    await user.type(screen.getByLabelText('File, with its whole path'), '/media/stick/a.fdz{Enter}')
    expect(await screen.findByText('Missing here: 1 answer, 0 documents.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Add what is missing' }))
    expect(await screen.findByText(/Added: 1 answer, 0 documents\. Nothing else was changed/)).toBeTruthy()
    expect(host.backup.restored).toEqual(['merge'])
  })

  it('says why a file is refused, and offers nothing to do with it', async () => {
    const { user } = await openBackup((host) => (host.backup.refusal = 'is damaged: some of its bytes were changed or are missing'))
    await user.click(screen.getByRole('button', { name: 'Choose a file…' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/is damaged: some of its bytes were changed/)
    expect(screen.queryByRole('button', { name: 'Add what is missing' })).toBeNull()
  })

  it('copies them to a second place by its path, and stops', async () => {
    const { user, host } = await openBackup()
    const folder = screen.getByLabelText('Folder, with its whole path')
    await user.type(folder, 'stick{Enter}')
    expect(await screen.findByText('There is no folder "stick".')).toBeTruthy()
    await user.clear(folder)
    await user.type(folder, '/media/stick{Enter}')
    expect(await screen.findByText(/It is there: the next backup goes there too/)).toBeTruthy()
    expect(screen.getByText('In the second place')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'No longer copy them there' }))
    expect(host.backup.second).toBe('')
  })
})
