// The staff PIN and the recovery code, in Italian.

export const access = {} as const
