// Other engines: the order, keys that never come back, tests with their time, and the warning before a cloud.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { chooseMode } from '../src/shared/mode.svelte'
import NetworkView from '../src/views/NetworkView.svelte'
import { accessibilityProblems } from './axe'

async function openEngines(options: FakeOptions = {}) {
  const host = new FakeHost(options)
  await chooseMode(host, true)
  const { container } = render(NetworkView, { host, onplace: () => {} })
  await screen.findByRole('heading', { name: 'Other engines' })
  await screen.findByText('This computer')
  return { host, container, user: userEvent.setup() }
}

const order = () => [...document.querySelectorAll('ol h3')].map((one) => one.textContent)
const item = (name: string) => within(screen.getByRole('heading', { level: 3, name }).closest('li') as HTMLElement)

afterEach(() => chooseMode(new FakeHost(), false))

describe('other engines', () => {
  it('are hidden in the basic view, but their hosts are named while they are asked', async () => {
    render(NetworkView, { host: new FakeHost(), onplace: () => {} })
    expect(await screen.findByText(/may be sent to these hosts.*192\.168\.178\.50/)).toBeTruthy()
    expect(screen.queryByText(/api\.example\.com/)).toBeNull()
    expect(screen.queryByText('Other engines')).toBeNull()
  })

  it('stand in the order in which they are asked', async () => {
    const { user, host, container } = await openEngines()
    expect(order()).toEqual(['This computer', 'Computer in the workshop', 'Cloud'])
    expect(item('Computer in the workshop').getByText('Asked next')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Ask this computer last' }))
    await waitFor(() => expect(order()).toEqual(['Computer in the workshop', 'Cloud', 'This computer']))
    expect(host.engines.local).toBe('last')
  })

  it('say that there are none', async () => {
    await openEngines({ empty: true })
    expect(screen.getByText(/Answers are made on this computer alone/)).toBeTruthy()
    expect(order()).toEqual(['This computer'])
  })

  it('send nothing to a cloud before somebody has read what leaves the house', async () => {
    const { user, host, container } = await openEngines()
    const cloud = host.engines.engines[1]
    await user.click(item('Cloud').getByRole('checkbox', { name: 'Ask this server' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Send questions to api.example.com?' }))
    expect(dialog.getByText(/what the visitor asked/)).toBeTruthy()
    expect(dialog.getByText(/passages of your documents/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(cloud?.on).toBe(false)
    expect(item('Cloud').getByRole<HTMLInputElement>('checkbox').checked).toBe(false)
    await user.click(item('Cloud').getByRole('checkbox'))
    await user.click(screen.getByRole('button', { name: 'Send questions there' }))
    await waitFor(() => expect(cloud?.on).toBe(true))
    await waitFor(() => expect(item('Cloud').getByRole<HTMLInputElement>('checkbox').checked).toBe(true))
    await user.click(item('Cloud').getByRole('checkbox'))
    await waitFor(() => expect(cloud?.on).toBe(false))
  })

  it('are tested with the time that it took, and a failure is said', async () => {
    const { user, host } = await openEngines()
    await user.click(screen.getByRole('button', { name: 'Test Computer in the workshop' }))
    expect(await screen.findByText(/answered; the first word came after 0\.41 s\..*Then 38 tokens a second/s)).toBeTruthy()
    const [workshop] = host.engines.engines
    if (workshop) workshop.host = 'nowhere'
    await user.click(screen.getByRole('button', { name: 'Test Computer in the workshop' }))
    expect(await screen.findByText('Nowhere does not answer.')).toBeTruthy()
  })

  it('are removed after a question', async () => {
    const { user, host } = await openEngines()
    await user.click(screen.getByRole('button', { name: 'Remove Cloud' }))
    await user.click(screen.getByRole('button', { name: 'Remove it' }))
    await waitFor(() => expect(host.engines.engines.map((engine) => engine.id)).toEqual(['workshop']))
  })
})

describe('a server that is added', () => {
  it('takes a key that is never shown again', async () => {
    const { user, host, container } = await openEngines()
    await user.click(screen.getByRole('button', { name: 'Add a server' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Add a server' }))
    const key = dialog.getByLabelText<HTMLInputElement>('Key')
    expect(key.type).toBe('password')
    expect(dialog.getByText(/goes into the keychain/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
    await user.type(dialog.getByLabelText('Address'), 'http://192.168.1.9:8080/v1')
    await user.type(dialog.getByLabelText('Name'), 'Back office')
    await user.type(key, 'k-123')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(host.engines.keys['server-3']).toBe('k-123')
    expect(item('Back office').getByText('No exam passed')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Change Back office' }))
    const form = within(screen.getByRole('dialog'))
    expect(form.getByLabelText<HTMLInputElement>('Key').value).toBe('')
    expect(form.getByText(/A key is in the keychain/)).toBeTruthy()
    expect(container.innerHTML).not.toContain('k-123')
    await user.click(form.getByRole('checkbox', { name: 'Forget the key' }))
    await user.click(form.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(host.engines.keys['server-3']).toBe(''))
  })

  it('is not asked by itself where it stands in a cloud', async () => {
    const { user, host } = await openEngines()
    await user.click(screen.getByRole('button', { name: 'Add a server' }))
    await user.type(screen.getByLabelText('Address'), 'https://api.other.example/v1')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(host.engines.engines.at(-1)).toMatchObject({ on: false, place: 'cloud' })
  })

  it('keeps what was typed where the address makes no sense', async () => {
    const { user } = await openEngines()
    await user.click(screen.getByRole('button', { name: 'Add a server' }))
    const address = screen.getByLabelText<HTMLInputElement>('Address')
    await user.type(address, 'ftp://nowhere')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }))
    expect(await screen.findByText(/is not the address of a server/)).toBeTruthy()
    expect(address.value).toBe('ftp://nowhere')
  })

  it('says honestly where a key goes without a keychain', async () => {
    const { user, host } = await openEngines()
    host.engines.hasKeychain = false
    await user.click(screen.getByRole('button', { name: 'Ask this computer last' }))
    await user.click(screen.getByRole('button', { name: 'Add a server' }))
    expect(await screen.findByText(/a file that only this user may read; it is not encrypted/)).toBeTruthy()
  })

  it('that becomes another cloud has to be agreed to again', async () => {
    const { user, host } = await openEngines()
    const cloud = host.engines.engines[1]
    if (cloud) cloud.on = true
    await user.click(screen.getByRole('button', { name: 'Ask this computer last' }))
    await user.click(screen.getByRole('button', { name: 'Change Cloud' }))
    const address = screen.getByLabelText('Address')
    await user.clear(address)
    await user.type(address, 'https://api.other.example/v1')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(cloud?.host).toBe('api.other.example'))
    expect(cloud?.on).toBe(false)
  })
})

describe('the exam of a server', () => {
  it('is offered where none was passed', async () => {
    const { user, host } = await openEngines()
    const [workshop] = host.engines.engines
    if (workshop) Object.assign(workshop, { passed: false, mark: null, standing: 'unproven' })
    await user.click(screen.getByRole('button', { name: 'Ask this computer last' }))
    await user.click(await screen.findByRole('button', { name: 'Let Computer in the workshop sit the exam' }))
    expect(await screen.findByText('Passed with 91 %.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /sit the exam/ })).toBeNull()
  })
})
