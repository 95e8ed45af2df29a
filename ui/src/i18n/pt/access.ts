// The staff PIN and the recovery code, in Portuguese.

export const access = {} as const
