// The try-out desk's insights.
import type { InsightsCommand, InsightsReply } from '../../bindings/wire'

export class FakeInsights {
  async answer(command: InsightsCommand): Promise<InsightsReply> {
    switch (command.what) {
      case 'state':
        return { of: 'done' }
    }
  }
}
