// The visitors' screen: attract, ask, keyboard, take along, still there, in Arabic.

export const kiosk = {} as const
