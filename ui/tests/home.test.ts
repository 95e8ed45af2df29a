// Home: the light, what to do about each thing, and the way there.
import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import StaffWindow from '../src/views/StaffWindow.svelte'
import { accessibilityProblems } from './axe'

async function openHome(options: FakeOptions = {}) {
  const host = new FakeHost(options)
  const { container } = render(StaffWindow, { host })
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Home' }))
  await screen.findByRole('heading', { level: 1, name: 'Home' })
  return { host, user, container }
}

describe('home', () => {
  it('says in one sentence what needs somebody, and what to do about it', async () => {
    const { container } = await openHome()
    expect(await screen.findByRole('heading', { name: '2 things need you.' })).toBeTruthy()
    expect(screen.getByText('Checked 2 hours ago')).toBeTruthy()
    const open = within(screen.getByRole('region', { name: 'What needs you' }))
    expect(open.getByText(/Orders are too old to be shown/)).toBeTruthy()
    expect(open.getByText(/Read the newest file/)).toBeTruthy()
    expect(screen.getByText('12 sample questions were answered as they should be.')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('leads to the place where a thing is mended', async () => {
    const { user } = await openHome()
    await user.click(await screen.findByRole('button', { name: 'Open Orders' }))
    expect(await screen.findByRole('heading', { level: 1, name: 'Orders' })).toBeTruthy()
  })

  it('turns green when nothing is left', async () => {
    const { user, host } = await openHome()
    await user.click(await screen.findByRole('button', { name: 'Check now' }))
    expect(await screen.findByRole('heading', { name: 'Ready for today.' })).toBeTruthy()
    expect(screen.getByText('Checked just now')).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'What needs you' })).toBeNull()
    expect(host.log).toContain('run')
  })

  it('puts what visitors notice before everything else', async () => {
    await openHome({ health: { state: 'failed', reason: 'gone' } })
    expect(await screen.findByRole('heading', { name: '1 thing needs you now: visitors notice it.' })).toBeTruthy()
    const rows = within(screen.getByRole('region', { name: 'What needs you' })).getAllByRole('listitem')
    expect(rows[0]?.textContent).toContain('An engine stopped')
  })

  it('tells a new desk what to do first', async () => {
    const { user, container } = await openHome({ empty: true })
    expect(await screen.findByText('This desk has not been checked yet.')).toBeTruthy()
    const next = within(screen.getByRole('region', { name: 'What to do next' }))
    expect(next.getByText('Add the answers you give every day')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(next.getByRole('button', { name: 'Open Knowledge' }))
    expect(await screen.findByRole('heading', { level: 1, name: 'Knowledge' })).toBeTruthy()
  })

  it('says what failed when the desk does not answer, and tries again', async () => {
    const host = new FakeHost()
    const { manage } = host
    let isDown = true
    host.manage = async (command) => {
      if (isDown && command.do === 'opening') throw { code: 'unavailable', message: 'the desk does not answer', hint: 'Wait a moment.' }
      return manage(command)
    }
    render(StaffWindow, { host })
    await userEvent.click(screen.getByRole('button', { name: 'Home' }))
    expect(await screen.findByText('The desk does not answer.')).toBeTruthy()
    isDown = false
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('heading', { name: 'Ready for today.' })).toBeTruthy()
  })

  it('counts in Arabic as Arabic counts', async () => {
    await openHome()
    await screen.findByRole('heading', { name: '2 things need you.' })
    speak('ar')
    expect(await screen.findByRole('heading', { name: 'أمران يحتاجان إليك.' })).toBeTruthy()
  })
})
