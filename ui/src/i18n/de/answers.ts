// Answers, drafts, histories, facts, tests and versions, in German.

export const answers = {} as const
