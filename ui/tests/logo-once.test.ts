// The shop's logo travels once and not with every greeting.
import { render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { apiError } from '../src/host/errors'
import { FakeHost } from '../src/host/fake'
import { DeskFace } from '../src/features/desk/desk.svelte'
import KioskWindow from '../src/views/KioskWindow.svelte'

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }))
afterEach(() => vi.useRealTimers())

const asked = (host: FakeHost) => host.log.filter((command) => command === 'logo').length
const greet = () => vi.advanceTimersByTimeAsync(10_100)

it('is fetched when its mark is a new one', async () => {
  const host = new FakeHost({ surface: 'kiosk' })
  const face = new DeskFace(host)
  const stop = face.start()
  await greet()
  expect([face.logo, asked(host)]).toEqual(['', 0])
  await host.look.answer({ what: 'set_logo', path: 'logo.png' })
  await greet()
  expect(face.logo).toMatch(/^data:image\/png/)
  for (let times = 0; times < 5; times++) await greet()
  expect(asked(host)).toBe(1)
  expect(JSON.stringify(face.desk)).not.toContain('data:image')
  await host.look.answer({ what: 'remove_logo' })
  await greet()
  expect([face.logo, asked(host)]).toEqual(['', 1])
  stop()
})

it('is asked for again after a failure, and the page stands there without it', async () => {
  const host = new FakeHost({ surface: 'kiosk' })
  await host.look.answer({ what: 'set_logo', path: 'logo.png' })
  const { visit } = host
  let failures = 0
  host.visit = (command, onEvent) => {
    if (command.do !== 'logo') return visit(command, onEvent)
    failures++
    return Promise.reject(apiError('unavailable', 'gone'))
  }
  render(KioskWindow, { host })
  await screen.findByText('Harbour Outfitters')
  await greet()
  expect(failures).toBeGreaterThan(1)
  host.visit = visit
  await greet()
  expect(asked(host)).toBe(1)
  await greet()
  expect(asked(host)).toBe(1)
})
