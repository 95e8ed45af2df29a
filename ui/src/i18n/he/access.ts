// The staff PIN and the recovery code, in Hebrew.

export const access = {} as const
