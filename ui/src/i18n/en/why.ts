// Why an answer was given, and putting it right.

export const why = {} as const
