// The frame of the staff window: rail, modes, what every page shares, in German.

export const frame = {} as const
