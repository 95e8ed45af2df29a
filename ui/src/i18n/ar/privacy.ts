// What is kept, and for how long, in Arabic.

export const privacy = {} as const
