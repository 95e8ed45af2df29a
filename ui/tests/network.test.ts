// Network: sharing with devices nearby, and the way to more computers.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import { chooseMode } from '../src/shared/mode.svelte'
import NetworkView from '../src/views/NetworkView.svelte'
import { accessibilityProblems } from './axe'

const places: unknown[] = []

async function openNetwork(host = new FakeHost()) {
  places.length = 0
  const { container } = render(NetworkView, { host, onplace: (...wanted: unknown[]) => places.push(wanted) })
  await screen.findByRole('heading', { name: 'Share on this network' })
  return { host, container, user: userEvent.setup() }
}

const share = (name: string | RegExp) => screen.findByRole('button', { name })

afterEach(() => chooseMode(new FakeHost(), false))

describe('sharing', () => {
  it('is off by itself, and says what it would do', async () => {
    const { host, container } = await openNetwork()
    expect(screen.getByText(/It is off now: this program listens to no network/)).toBeTruthy()
    expect(screen.queryByRole('img')).toBeNull()
    expect(screen.queryByText('Connected now')).toBeNull()
    expect(host.network.on).toBe(false)
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('shows the address as a square and to read, IPv4 first, never the key', async () => {
    const { user, container } = await openNetwork()
    await user.click(await share('Share'))
    expect(await screen.findByRole('img', { name: 'A square that holds the address http://192.168.178.20:8317/kiosk.html' })).toBeTruthy()
    const addresses = screen.getAllByText(/kiosk\.html$/).map((one) => one.textContent)
    expect(addresses).toEqual(['http://192.168.178.20:8317/kiosk.html', 'http://[fd12:3456:789a::20]:8317/kiosk.html'])
    expect(container.textContent).not.toContain('key=')
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: /Show the square of .*fd12/ }))
    expect(screen.getByRole('img', { name: /fd12/ })).toBeTruthy()
  })

  it('is off again in one click', async () => {
    const { user, host } = await openNetwork()
    await user.click(await share('Share'))
    await user.click(await share('Stop sharing'))
    expect(host.network.on).toBe(false)
    expect(await share('Share')).toBeTruthy()
    expect(screen.queryByRole('img')).toBeNull()
  })

  it('copies the whole address with its key', async () => {
    const { user } = await openNetwork()
    await user.click(await share('Share'))
    await user.click(await screen.findByRole('button', { name: /Copy the address http:\/\/192/ }))
    expect(await navigator.clipboard.readText()).toBe(`http://192.168.178.20:8317/kiosk.html#key=${'1'.repeat(48)}`)
    expect(screen.getAllByText('Copied').length).toBeGreaterThan(0)
  })

  it('stays on after a restart only where somebody says so', async () => {
    const { user, host } = await openNetwork()
    await user.click(await share('Share'))
    const keep = await screen.findByRole<HTMLInputElement>('checkbox', { name: /Keep it on after a restart/ })
    expect(keep.checked).toBe(false)
    await user.click(keep)
    await waitFor(() => expect(host.network.keep).toBe(true))
    expect(host.network.on).toBe(true)
    await user.click(await share('Stop sharing'))
    expect(host.network.keep).toBe(false)
  })

  it('tells who is connected by times and the end of an address', async () => {
    const { user } = await openNetwork()
    await user.click(await share('Share'))
    expect(await screen.findByText('2 devices')).toBeTruthy()
    const row = within(screen.getByRole('row', { name: /…178\.44/ }))
    expect(row.getByText('None yet')).toBeTruthy()
    expect(screen.getByRole('row', { name: /…178\.31/ }).textContent).toMatch(/Nov 2025/)
  })

  it('says beforehand that a new key sends connected devices away', async () => {
    const { user, host, container } = await openNetwork()
    await user.click(await share('Share'))
    await user.click(await share('Make a new key…'))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/stop working until they open the new address/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.network.keys).toBe(1)
    await user.click(await share('Make a new key…'))
    await user.click(screen.getByRole('button', { name: 'Make a new key' }))
    expect(await screen.findByText(/There is a new key/)).toBeTruthy()
    expect(host.network.keys).toBe(2)
    expect(await screen.findByText('No device is connected.')).toBeTruthy()
  })

  it('says that a port was taken and which one is used', async () => {
    const host = new FakeHost()
    host.network.takenPort = 8317
    const { user } = await openNetwork(host)
    await user.click(await share('Share'))
    expect(await screen.findByText(/Another program uses port 8317, so 8318 was taken/)).toBeTruthy()
  })

  it('waits for a network where there is none', async () => {
    const host = new FakeHost()
    host.network.found = []
    const { user } = await openNetwork(host)
    await user.click(await share('Share'))
    expect(await screen.findByText(/in no local network just now/)).toBeTruthy()
  })

  it('says a failure in the desk’s own words, and nothing is on', async () => {
    const host = new FakeHost()
    const { manage } = host
    host.manage = async (command) => {
      if (command.do === 'network' && command.what === 'share') throw { code: 'unavailable', message: 'the ports 8317 to 8326 are used by other programs', hint: 'Choose another port, or close the program that uses them.' }
      return manage(command)
    }
    const { user } = await openNetwork(host)
    await user.click(await share('Share'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/The ports 8317 to 8326 are used by other programs\..*Choose another port/s)
    expect(await share('Share')).toBeTruthy()
  })

  it('tells a desk without a window where it is served', async () => {
    const host = new FakeHost()
    host.network.canShare = false
    host.network.servedAt = 'http://127.0.0.1:8317'
    await openNetwork(host)
    expect(screen.getByText(/is served at http:\/\/127\.0\.0\.1:8317/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Share' })).toBeNull()
  })
})

describe('where it listens', () => {
  it('is for experts', async () => {
    const host = new FakeHost()
    const { user, container } = await openNetwork(host)
    expect(screen.queryByText('Where it listens')).toBeNull()
    await chooseMode(host, true)
    const form = within(await screen.findByRole('form', { name: 'Where it listens' }))
    await user.selectOptions(form.getByLabelText('Address of this computer'), '192.168.178.20')
    const port = form.getByLabelText('Port')
    await user.clear(port)
    await user.type(port, '9000')
    await user.click(form.getByRole('button', { name: 'Save' }))
    expect(await form.findByText('Saved')).toBeTruthy()
    expect([host.network.address, host.network.port]).toEqual(['192.168.178.20', 9000])
    expect(await accessibilityProblems(container)).toEqual([])
  })
})

describe('more computers', () => {
  it('leads to the plan and names the files', async () => {
    const { user } = await openNetwork()
    expect(screen.getByText(/in the folder deploy .* docs\/operations\.md/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open the plan' }))
    expect(places).toEqual([['computer', { through: ['tab-plan'] }]])
  })
})

it('speaks every language of the staff', async () => {
  for (const id of ['de', 'ar']) {
    await speak(id)
    const host = new FakeHost()
    await host.network.answer({ what: 'share', on: true, keep: false })
    const { container, unmount } = render(NetworkView, { host, onplace: () => {} })
    await waitFor(() => expect(container.querySelector('svg[role=img]')).toBeTruthy())
    expect(await accessibilityProblems(container)).toEqual([])
    unmount()
  }
})
