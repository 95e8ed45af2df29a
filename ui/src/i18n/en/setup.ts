// The first run.

export const setup = {} as const
