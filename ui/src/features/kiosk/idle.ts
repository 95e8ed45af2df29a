// When a visitor has gone: a pure machine that is told of touches and of time, and says what is on the screen.

/** `away`: nobody is here. `here`: somebody is. `asking`: "Still there?" is on the screen. */
export type IdlePhase = 'away' | 'here' | 'asking'
/** `since` is the moment of the last sign of life or, while asking, of the question. */
export type Idle = { phase: IdlePhase; since: number }
export type IdleLimits = { idleMilliseconds: number; warningMilliseconds: number }
/** `held` while the desk itself is at work: an answer is written or read aloud. */
export type IdleEvent = { is: 'touch' } | { is: 'tick'; held: boolean }

export const NOBODY: Idle = { phase: 'away', since: 0 }

/** What follows from one event at the moment `now`, in milliseconds of a clock that never goes back. */
export function stepIdle(idle: Idle, event: IdleEvent, now: number, limits: IdleLimits): Idle {
  if (event.is === 'touch') return { phase: 'here', since: now }
  const waited = now - idle.since
  switch (idle.phase) {
    case 'away':
      return idle
    case 'here':
      if (event.held) return { phase: 'here', since: now }
      // After a sleep of the computer nobody is left to be asked.
      if (waited >= limits.idleMilliseconds + limits.warningMilliseconds) return { phase: 'away', since: now }
      return waited >= limits.idleMilliseconds ? { phase: 'asking', since: now } : idle
    case 'asking':
      return waited >= limits.warningMilliseconds ? { phase: 'away', since: now } : idle
  }
}

/** Whole seconds until everything is forgotten, at least one while the question is on the screen. */
export function secondsLeft(idle: Idle, now: number, limits: IdleLimits): number {
  return Math.max(1, Math.ceil((idle.since + limits.warningMilliseconds - now) / 1_000))
}
