// Asks the part of the desk that knows its look.
import type { LookCommand, LookView } from '../bindings/wire'
import { apiError } from './errors'
import type { Host } from './types'

export async function askLook(host: Host, command: LookCommand): Promise<LookView> {
  const reply = await host.manage({ do: 'look', ...command })
  if (reply.is === 'look' && reply.of === 'look') return reply
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}
