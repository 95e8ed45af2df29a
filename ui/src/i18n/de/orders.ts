// Setting up the look-up of orders, in German.

export const orders = {} as const
