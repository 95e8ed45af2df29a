// The staff PIN and the recovery code.

export const access = {} as const
