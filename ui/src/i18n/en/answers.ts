// Answers, drafts, histories, facts, tests and versions.

export const answers = {} as const
