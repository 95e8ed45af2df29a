// Conversations and wishes for a person, in German.

export const visitors = {} as const
