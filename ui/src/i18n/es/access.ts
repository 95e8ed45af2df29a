// The staff PIN and the recovery code, in Spanish.

export const access = {} as const
