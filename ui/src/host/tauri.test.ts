// The Tauri host: two commands, events in order, errors in one shape.
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks'
import { afterEach, expect, it } from 'vitest'
import type { TurnEvent } from '../bindings/wire'
import { tauriHost } from './tauri'

afterEach(() => clearMocks())

it('sends both surfaces by name and hands events on', async () => {
  const calls: [string, unknown][] = []
  mockIPC((name, payload) => {
    const { command, onEvent } = payload as { command: unknown; onEvent?: { onmessage: (event: TurnEvent) => void } }
    calls.push([name, command])
    onEvent?.onmessage({ event: 'token', text: 'Hi' })
    return { is: 'done' }
  })
  const host = tauriHost('staff')
  const events: TurnEvent[] = []
  await host.visit({ do: 'greet' }, (event) => events.push(event))
  await host.manage({ do: 'health' })
  expect(calls).toEqual([
    ['visit', { do: 'greet' }],
    ['manage', { do: 'health' }],
  ])
  expect(events).toEqual([{ event: 'token', text: 'Hi' }])
})

it('rejects with one shape, whatever the window says', async () => {
  const host = tauriHost('kiosk')
  expect(host.capabilities).toEqual({ staff: false, chooseFiles: false, saveFiles: false })
  mockIPC(() => Promise.reject({ code: 'busy', message: 'the queue is full', hint: null }))
  await expect(host.visit({ do: 'greet' })).rejects.toEqual({ code: 'busy', message: 'the queue is full', hint: null })
  mockIPC(() => Promise.reject('manage not allowed'))
  await expect(host.manage({ do: 'health' })).rejects.toEqual({ code: 'internal', message: 'manage not allowed', hint: null })
})
