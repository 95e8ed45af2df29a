// Conversations and wishes for a person.

export const visitors = {} as const
