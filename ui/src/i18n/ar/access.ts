// The staff PIN and the recovery code, in Arabic.

export const access = {} as const
