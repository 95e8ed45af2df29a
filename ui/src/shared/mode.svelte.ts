// Basic or expert: whether the staff window shows figures and names that only few people need.
import type { Host } from '../host/types'

let expert = $state(false)

/** True where somebody asked to see everything. */
export function isExpert(): boolean {
  return expert
}

/** Takes the mode from the desk's settings. Where they cannot be read it stays as it is. */
export async function loadMode(host: Host): Promise<void> {
  try {
    const reply = await host.manage({ do: 'settings' })
    if (reply.is === 'settings') expert = reply.expert
  } catch {
    return
  }
}

/** Shows the chosen mode at once and keeps it; one that cannot be kept is taken back. */
export async function chooseMode(host: Host, chosen: boolean): Promise<void> {
  const before = expert
  expert = chosen
  try {
    const reply = await host.manage({ do: 'change_settings', expert: chosen })
    if (reply.is === 'settings') expert = reply.expert
  } catch {
    expert = before
  }
}
