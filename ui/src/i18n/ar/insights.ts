// What the desk did lately, in Arabic.

export const insights = {} as const
