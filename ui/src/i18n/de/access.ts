// The staff PIN and the recovery code, in German.

export const access = {} as const
