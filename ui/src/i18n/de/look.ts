// Name, logo, colours and languages of the desk, in German.

export const look = {} as const
