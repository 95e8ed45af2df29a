// The arithmetic of the plan page: shares, scales and lines.
import { describe, expect, it } from 'vitest'
import { besides, lineOf, pathOf, placeAt, scaleFor, ticksTo, type Frame } from './chart'
import { mixOf, percentsOf } from './mix'

const FRAME: Frame = { width: 130, height: 120, start: 20, end: 10, top: 10, bottom: 10 }
const CURVE = [
  { users_per_minute: 50, p50_ms: 500, p95_ms: 1_000 },
  { users_per_minute: 100, p50_ms: 900, p95_ms: null },
]

describe('shares', () => {
  it('add up to 1 whatever was typed', () => {
    expect(mixOf({ faq: 60, order: 25, cache: 0, generated: 15 })).toEqual({ faq: 0.6, order: 0.25, cache: 0, generated: 0.15 })
    expect(mixOf({ faq: 2, order: 2, cache: 0, generated: 0 })).toEqual({ faq: 0.5, order: 0.5, cache: 0, generated: 0 })
    expect(mixOf({ faq: -5, order: Number.NaN, cache: 0, generated: 0 })).toEqual({ faq: 1, order: 0, cache: 0, generated: 0 })
  })

  it('are whole percents that add up to 100', () => {
    const thirds = percentsOf({ faq: 1 / 3, order: 1 / 3, cache: 0, generated: 1 / 3 })
    expect(thirds).toEqual({ faq: 34, order: 33, cache: 0, generated: 33 })
    expect(percentsOf({ faq: 0.6, order: 0.25, cache: 0, generated: 0.15 })).toEqual({ faq: 60, order: 25, cache: 0, generated: 15 })
  })
})

describe('the drawing', () => {
  const scale = scaleFor(CURVE, 4, FRAME)

  it('puts the wanted time into the lower half', () => {
    expect(scale.mostSeconds).toBe(10)
    expect([scale.y(0), scale.y(4), scale.y(10), scale.y(99)]).toEqual([110, 70, 10, 10])
    expect([scale.x(0), scale.x(50), scale.x(100)]).toEqual([20, 70, 120])
  })

  it('ends a line where it leaves the drawing', () => {
    const points = [{ at: 0, milliseconds: 0 }, { at: 50, milliseconds: 5_000 }, { at: 100, milliseconds: 25_000 }, { at: 100, milliseconds: 1 }]
    expect(lineOf(points, scale)).toEqual([{ x: 20, y: 110 }, { x: 70, y: 60 }, { x: 82.5, y: 10 }])
    const growing = lineOf([{ at: 50, milliseconds: 1_000 }, { at: 100, milliseconds: null }], scale)
    expect(growing).toEqual([{ x: 70, y: 100 }, { x: 120, y: 10 }])
    expect(lineOf([{ at: 50, milliseconds: null }], scale)).toEqual([])
    expect(pathOf(growing)).toBe('M70.0 100.0L120.0 10.0')
  })

  it('finds room for a label beside the line', () => {
    expect(placeAt([{ x: 0, y: 100 }, { x: 10, y: 50 }], 75)).toEqual({ x: 5, y: 75 })
    expect(placeAt([{ x: 0, y: 100 }], 75)).toBeNull()
    expect(besides(120, 'five!', FRAME)).toEqual({ x: 108, anchor: 'end' })
    expect(besides(30, 'five!', FRAME)).toEqual({ x: 42, anchor: 'start' })
  })

  it('has round steps on its axes', () => {
    expect(ticksTo(12.5, 5)).toEqual([0, 5, 10])
    expect(ticksTo(1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticksTo(1_834, 8)).toEqual([0, 500, 1_000, 1_500])
  })

  it('survives a plan without a curve', () => {
    expect(scaleFor([], 5, FRAME).x(0)).toBe(20)
  })
})
