// The staff places: this computer, and what visitors may not open.
import { render, screen } from '@testing-library/svelte'
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

describe('this computer', () => {
  it('tells in plain words what is there, without accessibility problems', async () => {
    const { container } = await openPlace('This computer')
    expect(await screen.findByText('Everything works.')).toBeTruthy()
    expect(screen.getByText('4 cores')).toBeTruthy()
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
