// Asks the part of the desk that knows the visitors' screen; its answers are named a second time, by `of`.
import type { KioskCommand, KioskReply } from '../bindings/wire'
import { apiError } from './errors'
import type { Host } from './types'

export async function askKiosk(host: Host, command: KioskCommand): Promise<KioskReply> {
  const reply = await host.manage({ do: 'kiosk', ...command })
  if (reply.is === 'kiosk') return reply
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}
