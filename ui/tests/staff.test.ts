// The staff places: knowledge and this computer.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import StaffWindow from '../src/views/StaffWindow.svelte'
import { accessibilityProblems } from './axe'

async function openPlace(name: string, options: FakeOptions = {}) {
  const host = new FakeHost(options)
  const { container } = render(StaffWindow, { host })
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name }))
  await screen.findByRole('heading', { level: 1, name })
  return { host, user, container }
}

describe('knowledge', () => {
  it('lists sources, answers and gaps without accessibility problems', async () => {
    const { container } = await openPlace('Knowledge')
    expect(await screen.findByText('Returns, exchanges and refunds')).toBeTruthy()
    expect(screen.getByText('12 of 31')).toBeTruthy()
    expect(screen.getByText(/asked 7 times/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('imports files and says what became of each', async () => {
    const { user } = await openPlace('Knowledge')
    await user.click(await screen.findByRole('button', { name: 'Add files…' }))
    const reports = within(await screen.findByRole('region', { name: 'What became of your files' }))
    expect(reports.getByText('Added')).toBeTruthy()
    expect(reports.getByText('Not added')).toBeTruthy()
    expect(reports.getByText(/Save it as text/)).toBeTruthy()
  })

  it('takes a path where no file dialog exists', async () => {
    const host = new FakeHost()
    host.capabilities.chooseFiles = false
    render(StaffWindow, { host })
    const user = userEvent.setup()
    await user.click(screen.getByRole('button', { name: 'Knowledge' }))
    await user.type(await screen.findByLabelText(/File or folder/), 'hours.md{Enter}')
    expect(await screen.findByRole('region', { name: 'What became of your files' })).toBeTruthy()
    expect(host.log).toContain('import')
  })

  it('removes a source only after saying what goes', async () => {
    const { user, host } = await openPlace('Knowledge')
    await user.click(await screen.findByRole('button', { name: 'Remove Delivery and collection' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/38 passages/)).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.log).not.toContain('remove_source')
    await user.click(screen.getByRole('button', { name: 'Remove Delivery and collection' }))
    await user.click(screen.getByRole('button', { name: 'Remove it' }))
    await waitFor(() => expect(screen.queryByText('Delivery and collection')).toBeNull())
  })

  it('turns a gap into a draft, and a draft into a live answer', async () => {
    const { user } = await openPlace('Knowledge')
    await user.click(await screen.findByRole('button', { name: 'Write an answer to: Do you sell gift cards?' }))
    expect(screen.getByLabelText<HTMLInputElement>(/^Question, as/).value).toBe('Do you sell gift cards?')
    await user.click(screen.getByRole('button', { name: 'Save as draft' }))
    expect(screen.getByText('Write the question and the answer first.')).toBeTruthy()
    await user.type(screen.getByLabelText(/^Answer, shown/), 'Yes, at the counter.')
    await user.click(screen.getByRole('button', { name: 'Save as draft' }))
    expect(await screen.findByText(/Saved as a draft/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Approve: Do you sell gift cards?' }))
    expect(await screen.findByRole('button', { name: 'Retire: Do you sell gift cards?' })).toBeTruthy()
  })

  it('searches in questions and answers', async () => {
    const { user } = await openPlace('Knowledge')
    await user.type(await screen.findByLabelText('Search in questions and answers'), 'norway')
    await waitFor(() => expect(screen.queryByText('Can I pay by card?')).toBeNull())
    expect(screen.getByText('Do you ship to Norway?')).toBeTruthy()
  })

  it('says what to do first where there is nothing', async () => {
    await openPlace('Knowledge', { empty: true })
    expect(await screen.findByText(/Add the texts your visitors ask about/)).toBeTruthy()
    expect(screen.getByText(/Write the answers you give every day/)).toBeTruthy()
  })
})

describe('this computer', () => {
  it('tells in plain words what is there, without accessibility problems', async () => {
    const { container } = await openPlace('This computer')
    expect(await screen.findByText('Everything works.')).toBeTruthy()
    expect(screen.getByText('4 cores, 8 threads')).toBeTruthy()
    expect(screen.getByText('16.6 GB, 9.1 GB free now')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('lists what is wrong with what to do', async () => {
    await openPlace('This computer', { health: { state: 'failed', reason: 'gone' } })
    expect(await screen.findByText('1 thing needs attention')).toBeTruthy()
    expect(screen.getByText(/Close other programs/)).toBeTruthy()
  })

  it('tells what is good to know although nothing is wrong', async () => {
    const host = new FakeHost()
    const { manage } = host
    host.manage = async (command) => {
      const reply = await manage(command)
      return reply.is === 'doctor' ? { ...reply, notes: [{ message: 'the processor has no AVX2', hint: 'Everything works, only slower.' }] } : reply
    }
    render(StaffWindow, { host })
    await userEvent.click(screen.getByRole('button', { name: 'This computer' }))
    expect(await screen.findByText('The processor has no AVX2.')).toBeTruthy()
    expect(screen.getByText('Everything works.')).toBeTruthy()
  })

  it('saves a setting at once', async () => {
    const { user, host } = await openPlace('This computer')
    await user.click(await screen.findByRole('radio', { name: /^Careful/ }))
    expect(await screen.findByText('Saved')).toBeTruthy()
    expect(host.office.settings.caution).toBe('careful')
    expect(host.office.settings.generation).toBe('when_proven')
  })

  it('changes the language of the whole page', async () => {
    const { user, container } = await openPlace('This computer')
    await user.selectOptions(await screen.findByLabelText('Language of both windows'), 'ar')
    await screen.findByRole('heading', { level: 1, name: 'هذا الحاسوب' })
    expect(document.documentElement.dir).toBe('rtl')
    expect(document.documentElement.lang).toBe('ar')
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('is closed to visitors', async () => {
    const host = new FakeHost({ surface: 'kiosk' })
    render(StaffWindow, { host })
    await userEvent.click(screen.getByRole('button', { name: 'Knowledge' }))
    expect(await screen.findByText(/This address is for visitors/)).toBeTruthy()
  })
})
