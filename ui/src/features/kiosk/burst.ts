// A hand on the keyboard, a cat, a child: many keys at once that type nothing.

const WINDOW_MILLISECONDS = 2_000
const MOST_KEYS = 25

export type KeyPress = Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing'> & { inField: boolean; altGraph: boolean }

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn'])
const USEFUL = new Set(['Tab', 'Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', ' '])
const EDITING = new Set(['Backspace', 'Delete', 'Dead', 'Process', 'Unidentified'])

/** True for a key that neither types, edits nor moves anything. */
export function typesNothing(press: KeyPress): boolean {
  const { key } = press
  if (press.isComposing || (press.repeat && MODIFIERS.has(key))) return false
  const isShortcut = (press.ctrlKey || press.altKey || press.metaKey) && !press.altGraph
  if (isShortcut) return true
  if (USEFUL.has(key)) return false
  const isPrintable = [...key].length === 1
  return !(press.inField && (isPrintable || EDITING.has(key)))
}

export function pressOf(event: KeyboardEvent, inField: boolean): KeyPress {
  const { key, repeat, ctrlKey, altKey, metaKey, isComposing } = event
  return { key, repeat, ctrlKey, altKey, metaKey, isComposing, inField, altGraph: event.getModifierState?.('AltGraph') ?? false }
}

/** Remembers when such keys came. */
export class KeyBurst {
  #moments: number[] = []

  /** Notes one key; true once there were too many in a short time. */
  note(press: KeyPress, now: number): boolean {
    if (!typesNothing(press)) return false
    this.#moments = this.#moments.filter((moment) => now - moment < WINDOW_MILLISECONDS)
    this.#moments.push(now)
    const isBurst = this.#moments.length > MOST_KEYS
    if (isBurst) this.#moments = []
    return isBurst
  }
}
