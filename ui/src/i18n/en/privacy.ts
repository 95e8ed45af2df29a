// What is kept, and for how long.

export const privacy = {} as const
