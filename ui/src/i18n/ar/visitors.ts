// Conversations and wishes for a person, in Arabic.

export const visitors = {} as const
