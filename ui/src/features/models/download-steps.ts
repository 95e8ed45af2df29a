// What a download is doing, in words, and what can be done with it.
import type { DownloadState, DownloadView } from '../../bindings/wire'
import type { Key } from '../../i18n/i18n.svelte'
import type { IconName } from '../../shared/icon-shapes'

export type DownloadLook = {
  words: Key & `download.${string}`
  icon: IconName
  tone: 'good' | 'warn' | 'bad' | 'soft'
  /** Something still comes or is checked: worth asking about again. */
  moves: boolean
  canPause: boolean
  canResume: boolean
  canCancel: boolean
}

export const LOOKS = {
  running: { words: 'download.running', icon: 'download', tone: 'soft', moves: true, canPause: true, canResume: false, canCancel: true },
  retrying: { words: 'download.retrying', icon: 'again', tone: 'warn', moves: true, canPause: true, canResume: false, canCancel: true },
  checking: { words: 'download.checking', icon: 'search', tone: 'soft', moves: true, canPause: false, canResume: false, canCancel: false },
  paused: { words: 'download.paused', icon: 'pause', tone: 'soft', moves: false, canPause: false, canResume: true, canCancel: true },
  failed: { words: 'download.failed', icon: 'warn', tone: 'bad', moves: false, canPause: false, canResume: true, canCancel: true },
  done: { words: 'download.done', icon: 'check', tone: 'good', moves: false, canPause: false, canResume: false, canCancel: false },
} as const satisfies Record<DownloadState, DownloadLook>

export const isMoving = (download: DownloadView): boolean => LOOKS[download.state].moves

/** From 0 to 1; never 1 while a byte is missing, never more whatever the server sends. */
export function shareOf({ have_bytes, size_bytes }: Pick<DownloadView, 'have_bytes' | 'size_bytes'>): number {
  if (size_bytes <= 0) return 0
  return Math.min(1, Math.max(0, have_bytes / size_bytes))
}

/** The last quarter that was reached: often enough to be read aloud. */
export function spokenShare(download: DownloadView): number {
  return Math.floor(shareOf(download) * 4) / 4
}

/** Downloads that were on their way and are so no longer: done, or gone from the list. */
export function endedSince(before: DownloadView[], now: DownloadView[]): DownloadView[] {
  return before.filter((one) => {
    const same = now.find((other) => other.id === one.id)
    return isMoving(one) && (!same || same.state === 'done')
  })
}
