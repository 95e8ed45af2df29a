// The staff PIN and the recovery code, in French.

export const access = {} as const
