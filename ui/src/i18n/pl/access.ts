// The staff PIN and the recovery code, in Polish.

export const access = {} as const
