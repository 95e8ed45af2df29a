// Setting up the look-up of orders.

export const orders = {} as const
