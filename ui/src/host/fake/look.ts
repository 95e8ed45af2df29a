// The try-out desk's look.
import type { LookCommand, LookReply } from '../../bindings/wire'

export class FakeLook {
  async answer(command: LookCommand): Promise<LookReply> {
    switch (command.what) {
      case 'state':
        return { of: 'done' }
    }
  }
}
