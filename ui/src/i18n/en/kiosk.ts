// The visitors' screen: attract, ask, keyboard, take along, still there.

export const kiosk = {} as const
