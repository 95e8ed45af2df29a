// Why an answer was given, and putting it right, in Arabic.

export const why = {} as const
