// What is kept, and for how long, in German.

export const privacy = {} as const
