// The frame of the staff window: rail, modes, what every page shares.

export const frame = {} as const
