// The try-out desk's kiosk.
import type { KioskCommand, KioskReply } from '../../bindings/wire'

export class FakeKiosk {
  async answer(command: KioskCommand): Promise<KioskReply> {
    switch (command.what) {
      case 'state':
        return { of: 'done' }
    }
  }
}
