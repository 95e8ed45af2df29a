// The try-out desk's access.
import type { AccessCommand, AccessReply } from '../../bindings/wire'

export class FakeAccess {
  async answer(command: AccessCommand): Promise<AccessReply> {
    switch (command.what) {
      case 'state':
        return { of: 'done' }
    }
  }
}
