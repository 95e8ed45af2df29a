// Downloads: how far they are, when they have ended, and what can be done.
import { describe, expect, it } from 'vitest'
import type { DownloadState, DownloadView } from '../../bindings/wire'
import { endedSince, isMoving, LOOKS, shareOf, spokenShare } from './download-steps'

const download = (id: string, state: DownloadState, have_bytes = 50): DownloadView => ({
  id,
  name: id,
  state,
  have_bytes,
  size_bytes: 100,
  bytes_per_second: 0,
  seconds_left: null,
  error: null,
})

describe('a download', () => {
  it('is asked about again only while something moves', () => {
    const states = Object.keys(LOOKS) as DownloadState[]
    expect(states.filter((state) => isMoving(download('a', state)))).toEqual(['running', 'retrying', 'checking'])
  })

  it('that stopped can go on, and one that is checked can do nothing', () => {
    for (const state of ['paused', 'failed'] as const) expect(LOOKS[state]).toMatchObject({ canResume: true, canPause: false, canCancel: true })
    expect(LOOKS.checking).toMatchObject({ canResume: false, canPause: false, canCancel: false })
  })

  it('has a share that survives odd numbers', () => {
    for (const [have_bytes, size_bytes, share] of [[0, 0, 0], [5, 0, 0], [50, 100, 0.5], [120, 100, 1], [-1, 100, 0]] as const) {
      expect(shareOf({ have_bytes, size_bytes }), `${have_bytes} of ${size_bytes}`).toBe(share)
    }
  })

  it('is read aloud at every quarter', () => {
    expect([0, 24, 25, 74, 75, 100].map((have) => spokenShare(download('a', 'running', have)))).toEqual([0, 0, 0.25, 0.5, 0.75, 1])
  })

  it('has ended when it is done or gone, not when it is paused', () => {
    const before = [download('done', 'checking'), download('gone', 'running'), download('paused', 'running'), download('old', 'failed')]
    const now = [download('done', 'done'), download('paused', 'paused')]
    expect(endedSince(before, now).map((one) => one.id)).toEqual(['done', 'gone'])
  })
})
