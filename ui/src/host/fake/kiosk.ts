// The try-out desk's visitors' screen: settings that can be changed, and a lock half in force.
import type { KioskCommand, KioskReply, KioskView, LockCheckId, LockCheckView, LockState } from '../../bindings/wire'
import { apiError } from '../errors'

const CHECKS: [LockCheckId, LockState][] = [
  ['pin', 'in_force'],
  ['starts', 'in_force'],
  ['comes_back', 'not_in_force'],
  ['alone', 'not_in_force'],
  ['terminals', 'not_in_force'],
  ['account', 'unknown'],
]

export class FakeKiosk {
  view: KioskView = {
    idle_s: 60,
    warning_s: 15,
    topics: [],
    usual_topics: [
      { label: 'Can I bring back shoes I…', question: 'Can I bring back shoes I have worn outside?' },
      { label: 'When do you open?', question: 'When do you open?' },
    ],
    languages: [],
    known_languages: ['en', 'de', 'fr', 'es', 'it', 'nl', 'sv', 'pl', 'pt', 'tr', 'ar', 'he'],
    low_reach: false,
    speech: true,
    take_along: true,
    keyboard: true,
    demo: false,
    start_in_kiosk: false,
    has_pin: true,
    has_window: true,
  }
  /** How often the visitors' screen was started. */
  started = 0
  /** Whether there is a PIN; the part that keeps it knows. */
  #hasPin: () => boolean

  constructor(hasPin: () => boolean) {
    this.#hasPin = hasPin
  }

  async answer(command: KioskCommand): Promise<KioskReply> {
    this.view.has_pin = this.#hasPin()
    switch (command.what) {
      case 'state':
        return { of: 'screen', ...structuredClone(this.view) }
      case 'change': {
        const { what: _what, ...change } = command
        if ((change.topics?.length ?? 0) > 8) throw apiError('invalid', 'there is room for 8 topics', 'Take one away.')
        const topics = change.topics?.filter((topic) => topic.label.trim() || topic.question.trim())
        this.view = { ...this.view, ...change, ...(topics && { topics }) }
        return { of: 'screen', ...structuredClone(this.view) }
      }
      case 'start':
        if (!this.view.has_pin) throw apiError('unavailable', 'no PIN is set', 'Set a PIN first; it takes a minute.')
        this.started++
        return { of: 'done' }
      case 'write_lock_files':
        if (command.folder === '/nowhere') throw apiError('invalid', 'this is not a folder', 'Choose a folder that exists.')
        return { of: 'written', folder: '/media/stick/frontdesk-kiosk', files: ['README.txt', 'frontdesk-kiosk.service'] }
      case 'lock_check':
        return { of: 'lock', checks: CHECKS.map(([id, state]) => this.#row(id, state)) }
    }
  }

  #row(id: LockCheckId, state: LockState): LockCheckView {
    const found = id === 'pin' && !this.view.has_pin ? 'not_in_force' : state
    return { id, state: found, message: '', hint: '' }
  }
}
