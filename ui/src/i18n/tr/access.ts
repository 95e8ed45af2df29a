// The staff PIN and the recovery code, in Turkish.

export const access = {} as const
