// The first run, in Arabic.

export const setup = {} as const
