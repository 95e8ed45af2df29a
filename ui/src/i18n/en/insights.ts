// What the desk did lately.

export const insights = {} as const
