// Asks the part of the desk that learns; its answers are named a second time, by `of`.
import type { LearningCommand, LearningReply } from '../bindings/wire'
import { apiError } from './errors'
import type { Host } from './types'

type Of = LearningReply['of']

/** Sends the command and gives the reply of the kind that belongs to it. */
export async function askLearning<K extends Of>(host: Host, of: K, command: LearningCommand): Promise<Extract<LearningReply, { of: K }>> {
  const reply = await host.manage({ do: 'learning', ...command })
  if (reply.is === 'learning' && reply.of === of) return reply as unknown as Extract<LearningReply, { of: K }>
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}
