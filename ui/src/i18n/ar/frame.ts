// The frame of the staff window: rail, modes, what every page shares, in Arabic.

export const frame = {} as const
