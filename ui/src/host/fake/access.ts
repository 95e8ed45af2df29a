// The try-out desk's staff PIN. It counts like the real one, and keeps the PIN in plain sight.
import type { AccessCommand, AccessReply, UnlockView } from '../../bindings/wire'
import { apiError } from '../errors'

const FREE_TRIES = 5

export class FakeAccess {
  /** Empty for none. */
  pin = '246810'
  code = 'ACDEFHJKMNPQRTWXY347'
  mustSet = false
  tries = 0
  /** Seconds to wait after the fifth wrong try. */
  wait = 60
  #waitsUntil = 0
  #codes = 0

  async answer(command: AccessCommand): Promise<AccessReply> {
    switch (command.what) {
      case 'state': {
        const { tries_left, wait_s } = this.#standing()
        const has_recovery_code = this.code !== ''
        return { of: 'state', has_pin: this.pin !== '', has_recovery_code, must_set_pin: this.mustSet, tries_left, wait_s }
      }
      case 'set_pin': {
        if (!/^\d{6,12}$/.test(command.pin)) throw apiError('invalid', 'a PIN has 6 to 12 digits', 'Type 6 to 12 digits.')
        const tried = this.pin && !this.mustSet ? this.unlock(command.old ?? '') : null
        if (tried && !tried.unlocked) return { of: 'tried', ...tried }
        this.pin = command.pin
        this.mustSet = false
        return { of: 'saved', recovery_code: this.code ? null : this.#newCode() }
      }
      case 'check':
        return { of: 'tried', ...this.unlock(command.pin) }
      case 'new_recovery_code': {
        const tried = this.unlock(command.pin)
        if (!tried.unlocked) return { of: 'tried', ...tried }
        return { of: 'saved', recovery_code: this.#newCode() }
      }
    }
  }

  unlock(typed: string): UnlockView {
    if (!this.pin) throw apiError('unavailable', 'no PIN is set', 'Set one in the staff window.')
    if (!typed || this.#standing().wait_s > 0) return this.#standing()
    const plain = typed.replace(/[^0-9a-z]/gi, '').toUpperCase()
    if (plain === this.pin || plain === this.code) {
      if (plain === this.code) [this.code, this.mustSet] = ['', true]
      this.tries = 0
      return { ...this.#standing(), unlocked: true }
    }
    this.tries += 1
    if (this.tries >= FREE_TRIES) this.#waitsUntil = performance.now() + this.wait * 1_000
    return this.#standing()
  }

  #standing(): UnlockView {
    const wait_s = Math.max(0, Math.ceil((this.#waitsUntil - performance.now()) / 1_000))
    const tries_left = wait_s > 0 ? 0 : Math.max(1, FREE_TRIES - this.tries)
    return { unlocked: false, tries_left, wait_s }
  }

  #newCode(): string {
    this.#codes += 1
    const shown = `ACDEF-HJKMN-PQRTW-XY34${'79AC'[this.#codes % 4]}`
    this.code = shown.replaceAll('-', '')
    return shown
  }
}
