// What fits in the typed facts, and what does not.
import { expect, it } from 'vitest'
import { isDate, isSpecialDay, problemOfSpans, problemsOf } from './check'

const span = (opens: string, closes: string) => ({ opens, closes })

it('finds times that are missing, turned round or on top of each other', () => {
  for (const [spans, expected] of [
    [[], null],
    [[span('09:00', '18:00')], null],
    [[span('14:00', '18:00'), span('09:00', '13:00')], null],
    [[span('09:00', '')], 'timeMissing'],
    [[span('09:00', '13:00'), span('12:00', '18:00')], 'overlap'],
    [[span('09:00', '08:00'), span('12:00', '18:00')], 'closesBeforeOpens'],
    [[span('09:00', '09:00')], 'closesBeforeOpens'],
    // A bar that closes after midnight, and a shop that never closes.
    [[span('18:00', '02:00')], null],
    [[span('00:00', '00:00')], null],
  ] as const) {
    expect(problemOfSpans([...spans]), JSON.stringify(spans)).toBe(expected)
  }
})

it('reads special days in every form the desk reads', () => {
  for (const right of ['2026-12-24', '12-24', '02-29', '2028-02-29', 'easter', 'easter-2', 'Easter+1', '01-last-mon', '05-1-mon']) expect(isSpecialDay(right), right).toBe(true)
  for (const wrong of ['', 'christmas', '13-01', '02-30', '2026-02-29', '05-6-mon', 'easter+x', 'easter+400']) expect(isSpecialDay(wrong), wrong).toBe(false)
  expect(isDate('2026-04-31')).toBe(false)
})

it('names the field that does not fit', () => {
  const price = { names: [], amount: '', currency: '', valid_until: '' }
  expect(problemsOf({ time_zone: 'Mars/Base', places: [], prices: [price] })).toEqual([
    { at: 'price.0', what: 'priceName' },
    { at: 'zone', what: 'zoneWrong' },
  ])
})
