// Why an answer was given, and putting it right, in German.

export const why = {} as const
