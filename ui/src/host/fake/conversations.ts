// The try-out desk's conversations.
import type { ConversationsCommand, ConversationsReply } from '../../bindings/wire'

export class FakeConversations {
  async answer(command: ConversationsCommand): Promise<ConversationsReply> {
    switch (command.what) {
      case 'state':
        return { of: 'done' }
    }
  }
}
