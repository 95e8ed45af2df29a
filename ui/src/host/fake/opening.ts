// The try-out desk's opening.
import type { OpeningCommand, OpeningReply } from '../../bindings/wire'

export class FakeOpening {
  async answer(command: OpeningCommand): Promise<OpeningReply> {
    switch (command.what) {
      case 'state':
        return { of: 'done' }
    }
  }
}
