// The opening check and what to do next, in German.

export const home = {} as const
