// The opening check and what to do next.

export const home = {} as const
