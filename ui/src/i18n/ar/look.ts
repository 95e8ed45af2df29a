// Name, logo, colours and languages of the desk, in Arabic.

export const look = {} as const
