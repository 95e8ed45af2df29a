// Which rows of a long list are drawn: those in sight, and a few around them.

const ROWS_AROUND = 8
/** What is assumed where nothing has a size. */
const USUAL_HEIGHT_PIXELS = 600
const ROW_REM = 4.75
const STACKED_ROW_REM = 10.5
/** Below this width a row becomes a small card. */
const STACKED_BELOW_REM = 36

export class RowWindow {
  count = $state(0)
  top = $state(0)
  height = $state(USUAL_HEIGHT_PIXELS)
  rem = $state(17)
  isStacked = $state(false)
  rowHeight = $derived(Math.round((this.isStacked ? STACKED_ROW_REM : ROW_REM) * this.rem))
  first = $derived(Math.max(0, Math.min(Math.floor(this.top / this.rowHeight), this.count - 1) - ROWS_AROUND))
  last = $derived(Math.min(this.count, Math.ceil((this.top + this.height) / this.rowHeight) + ROWS_AROUND))

  measure(scroller: HTMLElement): void {
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 17
    this.height = scroller.clientHeight || USUAL_HEIGHT_PIXELS
    this.isStacked = scroller.clientWidth > 0 && scroller.clientWidth / this.rem < STACKED_BELOW_REM
    this.top = scroller.scrollTop
  }

  /** The numbers of the rows to draw; `held` is drawn wherever it is, so that it keeps the focus. */
  rows(held: number): number[] {
    const numbers = Array.from({ length: Math.max(0, this.last - this.first) }, (_, at) => this.first + at)
    if (held < this.first && held >= 0) numbers.unshift(held)
    if (held >= this.last && held < this.count) numbers.push(held)
    return numbers
  }

  /** Where to scroll so that a row is in sight; `null` where it is already. */
  scrollFor(index: number, headHeight: number): number | null {
    const start = index * this.rowHeight
    const end = start + this.rowHeight
    if (start < this.top) return start
    if (end > this.top + this.height - headHeight) return end - this.height + headHeight
    return null
  }
}
