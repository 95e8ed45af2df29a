// Asks the parts of the desk that know the visitors; their answers are named a second time, by `of`.
import type { ConversationsCommand, ConversationsReply, InsightsCommand, InsightsReply } from '../bindings/wire'
import { apiError } from './errors'
import type { Host } from './types'

/** Sends the command and gives the reply of one of the kinds that belong to it. */
export async function askConversations<K extends ConversationsReply['of']>(host: Host, of: K[], command: ConversationsCommand): Promise<Extract<ConversationsReply, { of: K }>> {
  const reply = await host.manage({ do: 'conversations', ...command })
  if (reply.is === 'conversations' && of.includes(reply.of as K)) return reply as unknown as Extract<ConversationsReply, { of: K }>
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}

export async function askInsights<K extends InsightsReply['of']>(host: Host, of: K, command: InsightsCommand): Promise<Extract<InsightsReply, { of: K }>> {
  const reply = await host.manage({ do: 'insights', ...command })
  if (reply.is === 'insights' && reply.of === of) return reply as unknown as Extract<InsightsReply, { of: K }>
  throw apiError('internal', `the desk answered ${command.what} with something else`)
}
