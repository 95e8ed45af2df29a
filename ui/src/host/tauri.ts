// The host inside the window: two commands, and a channel for the events of an answer.
import { Channel, invoke } from '@tauri-apps/api/core'
import type { StaffReply, TurnEvent, VisitorReply } from '../bindings/wire'
import { toApiError } from './errors'
import type { Host, Surface } from './types'

async function call<Reply>(surface: 'visit' | 'manage', payload: Record<string, unknown>): Promise<Reply> {
  try {
    return await invoke<Reply>(surface, payload)
  } catch (reason) {
    throw toApiError(reason)
  }
}

export function tauriHost(surface: Surface): Host {
  const staff = surface === 'staff'
  return {
    // The window refuses every download, so that no page can write a file.
    capabilities: { staff, chooseFiles: staff, saveFiles: false },
    visit: (command, onEvent) => {
      const channel = new Channel<TurnEvent>((event) => onEvent?.(event))
      return call<VisitorReply>('visit', { command, onEvent: channel })
    },
    manage: (command) => call<StaffReply>('manage', { command }),
  }
}
