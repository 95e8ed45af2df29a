// The visitors' screen as staff set it up, and what keeps it locked.

export const lock = {} as const
