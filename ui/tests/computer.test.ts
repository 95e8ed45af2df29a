// This computer: its models, its speed and the plan, on the fake desk.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiError } from '../src/host/errors'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import StaffWindow from '../src/views/StaffWindow.svelte'
import { accessibilityProblems } from './axe'

async function openPart(name: string, options: FakeOptions = {}, change: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost(options)
  change(host)
  const { container } = render(StaffWindow, { host })
  const user = userEvent.setup({ advanceTimers: (milliseconds) => vi.advanceTimersByTime(milliseconds) })
  await user.click(screen.getByRole('button', { name: 'This computer' }))
  await user.click(await screen.findByRole('tab', { name }))
  return { host, user, container }
}

/** One look of the page at its downloads. */
const look = () => vi.advanceTimersByTimeAsync(1_050)
const downloadState = () => document.querySelector<HTMLElement>('[data-download]')?.dataset['download']
const timesOf = (host: FakeHost, command: string) => host.log.filter((one) => one === command).length

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

async function openDownload(options: FakeOptions = {}) {
  const opened = await openPart('Models', options)
  await opened.user.click(await screen.findByRole('button', { name: 'Download Qwen3 4B Instruct…' }))
  await opened.user.click(await screen.findByRole('button', { name: 'Download 2.5 GB' }))
  await screen.findByRole('heading', { name: 'Downloads' })
  return opened
}

describe('models', () => {
  it('lists the recommended one first with its reason, without accessibility problems', async () => {
    const { container } = await openPart('Models')
    const best = within(await screen.findByRole('region', { name: 'Best for this computer' }))
    expect(best.getByRole('heading', { name: 'Qwen3 4B Instruct' })).toBeTruthy()
    expect(best.getByText(/largest model that fits/)).toBeTruthy()
    expect(screen.getAllByRole('article')[0]?.dataset['verdict']).toBe('recommended')
    expect(await accessibilityProblems(container)).toEqual([])
    speak('ar')
    await screen.findByRole('heading', { name: 'الأنسب لهذا الحاسوب' })
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('downloads nothing before somebody agreed to the exact size', async () => {
    const { user, host } = await openPart('Models')
    await user.click(await screen.findByRole('button', { name: 'Download Qwen3 4B Instruct…' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByText('2.5 GB, exactly 2,497,281,312 bytes')).toBeTruthy()
    expect(dialog.getByText('models.example.org')).toBeTruthy()
    expect(dialog.getByText('Apache-2.0')).toBeTruthy()
    expect(dialog.getByText('120 GB free, 117.5 GB afterwards')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(timesOf(host, 'start_download')).toBe(0)
    expect(timesOf(host, 'downloads')).toBe(1)
  })

  it('downloads with a pause, looks only while something comes, and offers the model when it is here', async () => {
    const { user, host } = await openDownload()
    expect(document.activeElement?.id).toBe('downloads-title')
    await look()
    const bar = screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Download of Qwen3 4B Instruct' })
    expect(bar.value).toBeGreaterThan(0)
    expect(screen.getByText('13 MB a second')).toBeTruthy()
    expect(screen.getByText(/minutes left/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Pause the download of Qwen3 4B Instruct' }))
    await waitFor(() => expect(downloadState()).toBe('paused'))
    const looks = timesOf(host, 'downloads')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(timesOf(host, 'downloads')).toBe(looks)
    await user.click(screen.getByRole('button', { name: 'Go on with the download of Qwen3 4B Instruct' }))
    await vi.advanceTimersByTimeAsync(12_000)
    expect(await screen.findByText('Qwen3 4B Instruct is here, every byte checked.')).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'Downloads' })).toBeNull()
    expect(timesOf(host, 'use_model')).toBe(0)
  })

  it('keeps what is there when the disk fills up, says what to do, and goes on', async () => {
    const { user } = await openDownload({ diskFills: true })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(downloadState()).toBe('failed')
    expect(screen.getByRole('alert').textContent).toMatch(/The disk is full\..*Free 3 GB on the disk/)
    await user.click(screen.getByRole('button', { name: /^Go on with/ }))
    await waitFor(() => expect(downloadState()).toBe('running'))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('cancels only after saying what is deleted', async () => {
    const { user, host } = await openDownload()
    await look()
    await user.click(screen.getByRole('button', { name: /^Cancel the download/ }))
    expect(within(screen.getByRole('dialog')).getByText(/are deleted/)).toBeTruthy()
    expect(timesOf(host, 'cancel_download')).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Cancel and delete' }))
    await waitFor(() => expect(downloadState()).toBeUndefined())
    expect(screen.queryByText(/is here, every byte/)).toBeNull()
    expect(await screen.findByRole('button', { name: 'Download Qwen3 4B Instruct…' })).toBeTruthy()
  })

  it('uses another model, goes back, and deletes with a warning', async () => {
    const { user, host } = await openPart('Models', {}, ({ computer }) => Object.assign(computer.models[2] ?? {}, { state: 'ready' }))
    await user.click(await screen.findByRole('button', { name: 'Use Qwen3 1.7B' }))
    expect(await screen.findByText('Qwen3 1.7B phrases answers from now on.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Go back to SmolLM2 135M' }))
    expect(await screen.findByText('SmolLM2 135M phrases answers from now on.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Delete Qwen3 1.7B…' }))
    expect(within(screen.getByRole('dialog')).getByText(/1.1 GB become free/)).toBeTruthy()
    expect(timesOf(host, 'delete_model')).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Delete it' }))
    expect(await screen.findByText('Qwen3 1.7B is deleted.')).toBeTruthy()
  })

  it('warns before a model that failed its exam, and before one nobody knows', async () => {
    const { user, host } = await openPart('Models')
    await user.click(await screen.findByRole('button', { name: 'Use Granite 4.0 Micro' }))
    expect(within(screen.getByRole('dialog')).getByText(/It failed its exam/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await user.click(screen.getByRole('button', { name: 'Choose model files…' }))
    expect(await screen.findByText(/Ready, but unknown/)).toBeTruthy()
    expect(screen.getByText('Not taken')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Use my-shop-model' }))
    expect(within(screen.getByRole('dialog')).getByText(/not in the catalogue/)).toBeTruthy()
    expect(timesOf(host, 'use_model')).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Use it all the same' }))
    expect(await screen.findByText('my-shop-model phrases answers from now on.')).toBeTruthy()
  })

  it('takes a path where no file dialog exists, and models of other programs where they lie', async () => {
    const { user, host } = await openPart('Models', {}, (one) => (one.capabilities.chooseFiles = false))
    await user.type(await screen.findByLabelText(/File or folder/), '/media/stick/qwen3-1.7b.gguf{Enter}')
    expect(await screen.findByText(/byte for byte/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Look for models of other programs' }))
    await user.click(await screen.findByRole('button', { name: 'Use llama3.1:8b of Ollama from there' }))
    expect(await screen.findByText('Used where another program keeps it')).toBeTruthy()
    expect(timesOf(host, 'import_models')).toBe(2)
  })

  it('says what went wrong and stays usable', async () => {
    const { user, host } = await openPart('Models')
    const { manage } = host
    host.manage = (command) =>
      command.do === 'computer' && command.what === 'offer_download'
        ? Promise.reject(apiError('unavailable', 'the server does not answer', 'Check the connection, or bring the file on a stick.'))
        : manage(command)
    await user.click(await screen.findByRole('button', { name: 'Download Qwen3 4B Instruct…' }))
    expect((await screen.findByRole('alert')).textContent).toContain('bring the file on a stick')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Download Qwen3 4B Instruct…' }).disabled).toBe(false)
  })

  it('lets the writing model take its exam and tells the result', async () => {
    const { user } = await openPart('Models')
    await user.click(await screen.findByRole('button', { name: 'Let the model take its exam' }))
    expect(await screen.findByText('Not passed: 42 %')).toBeTruthy()
    expect(screen.getByText('9 of 20')).toBeTruthy()
  })
})

describe('the computer', () => {
  it('is measured, says so, and tells three figures', async () => {
    const { user, host } = await openPart('Computer', { measureMilliseconds: 4_000, unmeasured: true })
    await user.click(await screen.findByRole('button', { name: 'Measure this computer' }))
    expect(screen.getByText('Measuring this computer. It takes about 20 seconds.')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(2_050)
    expect(screen.getByText('Measuring: 2 of about 20 seconds…')).toBeTruthy()
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await screen.findByText('after 1.2 s')).toBeTruthy()
    expect(screen.getByText('22 words a second')).toBeTruthy()
    expect(screen.getByText('3 people')).toBeTruthy()
    expect(timesOf(host, 'measure')).toBe(1)
  })

  it('shows a report before it is copied', async () => {
    const copied = vi.fn(() => Promise.resolve())
    const { user } = await openPart('Computer')
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(copied)
    await user.click(await screen.findByRole('button', { name: 'Report for somebody who helps…' }))
    const text = (await screen.findByRole('region', { name: 'The report' })).textContent
    await user.click(screen.getByRole('button', { name: 'Copy the report' }))
    expect(await screen.findByText(/^Copied/)).toBeTruthy()
    expect(copied).toHaveBeenCalledWith(text)
  })

  it('moves between its parts with the arrow keys', async () => {
    const { user } = await openPart('Computer')
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Models', selected: true }))
    await user.keyboard('{ArrowRight}')
    expect(await screen.findByRole('heading', { name: /How many visitors/ })).toBeTruthy()
    await user.keyboard('{End}')
    expect(await screen.findByText(/a watched folder is away/)).toBeTruthy()
    await user.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Computer', selected: true }))
  })
})

describe('about', () => {
  it('shows what happened lately and the licences, without accessibility problems', async () => {
    const { container } = await openPart('About and log')
    expect(await screen.findByText(/engine: ready/)).toBeTruthy()
    expect(await screen.findByText(/Third-party notices/)).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })
})

describe('the plan', () => {
  it('says in sentences what this computer serves, without accessibility problems', async () => {
    const { container } = await openPart('Plan')
    expect(await screen.findByRole('heading', { name: 'This computer is enough for 20 visitors a minute.' })).toBeTruthy()
    expect(screen.getByText(/serves about 140 visitors a minute/)).toBeTruthy()
    expect(screen.getByRole('img', { name: /95 of 100 wait less/ })).toBeTruthy()
    expect(screen.getByText(/as of 22 Nov 2026/)).toBeTruthy()
    expect(screen.getAllByRole('rowheader').map((one) => one.textContent)).toContain('5,000 a minute')
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('answers a moment after the last change', async () => {
    const { user, host } = await openPart('Plan')
    const field = await screen.findByLabelText<HTMLInputElement>('Visitors a minute')
    await screen.findByRole('heading', { name: /is enough/ })
    await user.clear(field)
    await user.type(field, '1500')
    expect(timesOf(host, 'plan')).toBe(1)
    expect(await screen.findByRole('heading', { name: 'This computer is not enough for 1,500 visitors a minute.' })).toBeTruthy()
    expect(timesOf(host, 'plan')).toBe(2)
    await user.selectOptions(screen.getByLabelText('Answer within'), '30')
    expect(await screen.findByText(/answered within 30 seconds/)).toBeTruthy()
  })

  it('says that nobody measured this computer, and measures it', async () => {
    const { user } = await openPart('Plan', { unmeasured: true })
    expect(await screen.findByRole('heading', { name: 'How fast this computer writes is not known yet.' })).toBeTruthy()
    expect(screen.queryByRole('heading', { name: 'How the waiting grows' })).toBeNull()
    await user.click(await screen.findByRole('button', { name: 'Measure this computer' }))
    expect(await screen.findByRole('heading', { name: /is enough for 20/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Measure this computer' })).toBeNull()
  })

  it('takes shares of one’s own', async () => {
    const { user } = await openPart('Plan')
    await screen.findByRole('heading', { name: /is enough/ })
    await user.click(screen.getByRole('radio', { name: /My own shares/ }))
    const written = screen.getByLabelText<HTMLInputElement>('Written by the model')
    expect(written.value).toBe('15')
    await user.clear(written)
    await user.type(written, '900')
    await user.click(screen.getByRole('button', { name: '100' }))
    expect(await screen.findByRole('heading', { name: 'This computer is not enough for 100 visitors a minute.' })).toBeTruthy()
  })

  it('prints the page as it stands', async () => {
    const print = vi.spyOn(window, 'print').mockImplementation(() => {})
    const { user } = await openPart('Plan')
    await user.click(await screen.findByRole('button', { name: 'Print the plan' }))
    expect(print).toHaveBeenCalledOnce()
  })

  it('drops an answer that a newer question has overtaken', async () => {
    const { user, host } = await openPart('Plan')
    await screen.findByRole('heading', { name: /is enough/ })
    const { manage } = host
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    host.manage = async (command) => {
      if (command.do === 'computer' && command.what === 'plan' && command.users_per_minute === 500) await held
      return manage(command)
    }
    await user.click(screen.getByRole('button', { name: '500' }))
    await vi.advanceTimersByTimeAsync(400)
    await user.click(screen.getByRole('button', { name: '100' }))
    expect(await screen.findByRole('heading', { name: /enough for 100 visitors/ })).toBeTruthy()
    letGo()
    await vi.advanceTimersByTimeAsync(400)
    expect(screen.getByRole('heading', { name: /enough for 100 visitors/ })).toBeTruthy()
  })
})
