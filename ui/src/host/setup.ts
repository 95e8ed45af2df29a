// Asks the part of the desk that leads through the first run.
import type { SetupCommand, SetupView } from '../bindings/wire'
import { apiError } from './errors'
import type { Host } from './types'

export async function askSetup(host: Host, command: SetupCommand): Promise<SetupView> {
  const reply = await host.manage({ do: 'setup', ...command })
  if (reply.is === 'setup' && reply.of === 'setup') return reply
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}
