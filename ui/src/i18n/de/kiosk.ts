// The visitors' screen: attract, ask, keyboard, take along, still there, in German.

export const kiosk = {} as const
