// Asks the part of the desk that knows this computer; its answers are named a second time, by `of`.
import type { ComputerCommand, ComputerReply } from '../bindings/wire'
import { apiError } from './errors'
import type { Host } from './types'

type Of = ComputerReply['of']

/** Sends the command and gives the reply of the kind that belongs to it. */
export async function askComputer<K extends Of>(host: Host, of: K, command: ComputerCommand): Promise<Extract<ComputerReply, { of: K }>> {
  const reply = await host.manage({ do: 'computer', ...command })
  if (reply.is === 'computer' && reply.of === of) return reply as unknown as Extract<ComputerReply, { of: K }>
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}
