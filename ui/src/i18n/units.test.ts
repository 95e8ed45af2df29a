// Measures in words.
import { describe, expect, it } from 'vitest'
import { speak } from './i18n.svelte'
import { formatDollars, formatRate, formatSeconds, formatServed, formatShare, formatTimeLeft } from './units'

describe('measures', () => {
  it('say no more than anybody can know about the time left', () => {
    speak('en')
    for (const [seconds, words] of [
      [null, 'time left not known yet'],
      [Number.POSITIVE_INFINITY, 'time left not known yet'],
      [0, 'a few seconds left'],
      [9, 'a few seconds left'],
      [10, 'less than a minute left'],
      [59, 'less than a minute left'],
      [60, 'about 1 minute left'],
      [61, 'about 2 minutes left'],
      [3_540, 'about 59 minutes left'],
      [3_541, 'about 1 h 0 min left'],
      [7_800, 'about 2 h 10 min left'],
    ] as const) {
      expect(formatTimeLeft(seconds), String(seconds)).toBe(words)
    }
    speak('ar')
    expect(formatTimeLeft(120)).toBe('بقيت نحو دقيقتين')
  })

  it('never say that all is here while something is missing', () => {
    speak('en')
    expect(formatShare(0.999)).toBe('99 %')
    expect(formatShare(1)).toBe('100 %')
  })

  it('keep the figures that count', () => {
    speak('en')
    expect([0.42, 7.24, 41.4, 135, 1_834].map(formatServed)).toEqual(['0.4', '7.2', '41', '140', '1,800'])
    expect([0.42, 1.25, 12.4].map(formatSeconds)).toEqual(['0.4 s', '1.3 s', '12 s'])
    expect([0, 0.33, 21, 10_450].map(formatDollars)).toEqual(['$0', '$0.33', '$21', '$10,450'])
    expect(formatRate(12_400_000)).toBe('13 MB a second')
  })
})
