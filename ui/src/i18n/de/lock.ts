// The visitors' screen as staff set it up, and what keeps it locked, in German.

export const lock = {} as const
