// The staff PIN and the recovery code, in Swedish.

export const access = {} as const
