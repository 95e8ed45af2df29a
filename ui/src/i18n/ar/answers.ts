// Answers, drafts, histories, facts, tests and versions, in Arabic.

export const answers = {} as const
