// Where the lines of the chart run: from questions a minute and milliseconds to places on a drawing.
import type { LoadPointView } from '../../bindings/wire'

export type Place = { x: number; y: number }
export type Frame = { width: number; height: number; start: number; end: number; top: number; bottom: number }
export type Scale = { x: (aMinute: number) => number; y: (seconds: number) => number; mostVisitors: number; mostSeconds: number }

/** The wanted time sits in the lower half, so that the growth beyond it is seen. */
const SECONDS_SHOWN = 2.5

export function scaleFor(curve: LoadPointView[], withinSeconds: number, frame: Frame): Scale {
  const mostVisitors = Math.max(1, ...curve.map((point) => point.users_per_minute))
  const mostSeconds = withinSeconds * SECONDS_SHOWN
  const inner = { width: frame.width - frame.start - frame.end, height: frame.height - frame.top - frame.bottom }
  return {
    mostVisitors,
    mostSeconds,
    x: (aMinute) => frame.start + (Math.min(aMinute, mostVisitors) / mostVisitors) * inner.width,
    y: (seconds) => frame.top + inner.height * (1 - Math.min(Math.max(seconds, 0), mostSeconds) / mostSeconds),
  }
}

/**
 * The places of one line. It ends where it leaves the drawing: at the upper edge, between the last
 * point that fits and the first that does not; a queue that only grows (`null`) goes straight up.
 */
export function lineOf(points: { at: number; milliseconds: number | null }[], scale: Scale): Place[] {
  const places: Place[] = []
  let before: { at: number; seconds: number } | null = null
  for (const { at, milliseconds } of points) {
    const seconds = milliseconds === null ? null : milliseconds / 1_000
    if (seconds !== null && seconds <= scale.mostSeconds) {
      places.push({ x: scale.x(at), y: scale.y(seconds) })
      before = { at, seconds }
      continue
    }
    if (before) {
      const part = seconds === null ? 1 : (scale.mostSeconds - before.seconds) / (seconds - before.seconds)
      places.push({ x: scale.x(before.at + (at - before.at) * part), y: scale.y(scale.mostSeconds) })
    }
    break
  }
  return places
}

export function pathOf(places: Place[]): string {
  return places.map(({ x, y }, index) => `${index ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
}

/** Where a line that rises to the right is first as high as `y`, so that a label can stand beside it. */
export function placeAt(places: Place[], y: number): Place | null {
  for (const [index, place] of places.entries()) {
    const before = places[index - 1]
    if (place.y > y || !before) continue
    const part = before.y === place.y ? 0 : (before.y - y) / (before.y - place.y)
    return { x: before.x + (place.x - before.x) * part, y }
  }
  return null
}

/** About how wide words are at the size of the labels. */
export const widthOf = (words: string): number => words.length * 6.6

/** Beside a place: before it where there is room for the words, otherwise after it. */
export function besides(x: number, words: string, { start }: Frame): { x: number; anchor: 'start' | 'end' } {
  return x - 12 - widthOf(words) >= start ? { x: x - 12, anchor: 'end' } : { x: x + 12, anchor: 'start' }
}

/** About `wanted` round steps from 0 to `most`: 1, 2 or 5 times a power of ten. */
export function ticksTo(most: number, wanted: number): number[] {
  const rough = most / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, index) => Number((index * step).toPrecision(6)))
}
