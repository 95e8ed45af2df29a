// Where the parts of the drawings stand: from days and counts to places. Pure, so that it can be checked.
import type { DayView, LaneCounts } from '../../bindings/wire'

export type Frame = { width: number; height: number; start: number; end: number; top: number; bottom: number }
export type Place = { x: number; y: number }
/** What became of questions, in three groups that a reader can act on. */
export type Group = 'answered' | 'open' | 'rest'

export const GROUPS: Group[] = ['answered', 'open', 'rest']

export function groupOf(lanes: LaneCounts, group: Group): number {
  switch (group) {
    case 'answered':
      return lanes.approved + lanes.documents + lanes.orders
    case 'open':
      return lanes.asked_back + lanes.refused
    case 'rest':
      return lanes.person + lanes.other
  }
}

/** Share of the questions that the desk had no answer for; `null` on a day without a question. */
export function openShare(lanes: LaneCounts): number | null {
  return lanes.questions === 0 ? null : groupOf(lanes, 'open') / lanes.questions
}

/** About `wanted` round steps from 0 to `most` or just above it: 1, 2 or 5 times a power of ten. */
export function ticksTo(most: number, wanted: number, smallest = 0): number[] {
  const rough = Math.max(most / wanted, smallest, Number.MIN_VALUE)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10) * power
  return Array.from({ length: Math.max(1, Math.ceil(most / step - 1e-9)) + 1 }, (_, index) => Number((index * step).toPrecision(6)))
}

/** Days that get a label: the last one always, the others as far apart as their words need. */
export function labelledDays(count: number, width: number, wordWidth: number): number[] {
  const every = Math.max(1, Math.ceil((count * wordWidth) / Math.max(width, 1)))
  return Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % every === 0)
}

/** The lines between neighbouring days that have a value; a day without one leaves a gap. */
export function segmentsOf(values: (number | null)[], place: (index: number, value: number) => Place): Place[][] {
  const segments: Place[][] = []
  let current: Place[] = []
  for (const [index, value] of values.entries()) {
    if (value === null) {
      if (current.length) segments.push(current)
      current = []
    } else {
      current.push(place(index, value))
    }
  }
  return current.length ? [...segments, current] : segments
}

export function pathOf(places: Place[]): string {
  return places.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
}

/** About how wide words are at the size of the labels. */
export const widthOf = (words: string): number => words.length * 6.6

/** How high a line goes over the last `width` of it, so that words that end where it ends stand clear of it. */
export function above(places: Place[], width: number): number {
  const end = places.at(-1)?.x ?? 0
  const first = Math.max(0, places.findIndex((place) => place.x >= end - width) - 1)
  return Math.min(...places.slice(first).map((place) => place.y))
}

/** The busiest hour of the week; `null` where nothing was asked. */
export function busiest(hours: number[][]): { weekday: number; hour: number; count: number } | null {
  let best: { weekday: number; hour: number; count: number } | null = null
  for (const [weekday, counts] of hours.entries()) {
    for (const [hour, count] of counts.entries()) {
      if (count > (best?.count ?? 0)) best = { weekday, hour, count }
    }
  }
  return best
}

/** The day with the most questions; `null` where nothing was asked. */
export function busiestDay(days: DayView[]): DayView | null {
  return days.reduce<DayView | null>((best, day) => (day.lanes.questions > (best?.lanes.questions ?? 0) ? day : best), null)
}
