// The staff PIN and the recovery code, in Dutch.

export const access = {} as const
