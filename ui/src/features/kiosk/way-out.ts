// The hidden way for staff: five taps in the start corner within three seconds, or Control, Alt, Shift and L together.

const TAPS = 5
const WITHIN_MILLISECONDS = 3_000
const CORNER_PIXELS = 96

export type Tap = { x: number; y: number; at: number }
/** Where the tap happened: the start corner is on the right where people read from the right. */
export type Corner = { width: number; rightToLeft: boolean }

export class CornerTaps {
  #moments: number[] = []

  /** Notes one tap; true with the fifth in the corner in time. A tap anywhere else begins anew. */
  note(tap: Tap, corner: Corner): boolean {
    const fromStart = corner.rightToLeft ? corner.width - tap.x : tap.x
    const isInCorner = fromStart <= CORNER_PIXELS && tap.y <= CORNER_PIXELS
    this.#moments = isInCorner ? [...this.#moments.filter((moment) => tap.at - moment <= WITHIN_MILLISECONDS), tap.at] : []
    if (this.#moments.length < TAPS) return false
    this.#moments = []
    return true
  }
}

export function isWayOutKey(event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey'>): boolean {
  return event.ctrlKey && event.altKey && event.shiftKey && event.code === 'KeyL'
}
