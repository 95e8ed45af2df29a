// The try-out desk's first run: over, unless a test or the address asks for it.
import type { SetupCommand, SetupReply, SetupView } from '../../bindings/wire'
import { apiError } from '../errors'

const DRAFTS: Record<string, number> = { shop: 16, museum: 17, clinic: 17, hotel: 17, library: 17, sample: 0 }

export class FakeSetup {
  view: SetupView = { due: false, done: true, step: 0, kit: 'sample', kits: Object.keys(DRAFTS), live: 68, drafts: 0 }
  /** The name that came with the kit. */
  name = ''

  /** A desk that nobody has set up yet. */
  begin(): void {
    this.view = { ...this.view, due: true, done: false }
  }

  async answer(command: SetupCommand): Promise<SetupReply> {
    switch (command.what) {
      case 'state':
        break
      case 'save_step':
        this.view.step = Math.min(command.step, 4)
        break
      case 'choose_kit': {
        const drafts = DRAFTS[command.kit]
        if (drafts === undefined) throw apiError('not_found', `there is no kit ${command.kit}`)
        this.name = command.name
        this.view = { ...this.view, kit: command.kit, drafts, live: command.kit === 'sample' ? 68 : 0 }
        break
      }
      case 'finish':
        this.view = { ...this.view, due: false, done: true }
        break
      case 'again':
        this.view = { ...this.view, due: true, done: false, step: 0 }
    }
    return { of: 'setup', ...this.view }
  }
}
