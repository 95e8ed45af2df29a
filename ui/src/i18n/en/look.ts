// Name, logo, colours and languages of the desk.

export const look = {} as const
