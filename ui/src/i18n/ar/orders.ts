// Setting up the look-up of orders, in Arabic.

export const orders = {} as const
