// The opening check and what to do next, in Arabic.

export const home = {} as const
