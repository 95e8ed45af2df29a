// What the desk did lately, in German.

export const insights = {} as const
