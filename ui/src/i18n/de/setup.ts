// The first run, in German.

export const setup = {} as const
