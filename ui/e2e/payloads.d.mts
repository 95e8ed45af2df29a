// For the tests that are written in TypeScript.
export const CALL: string
export const PAYLOADS: readonly string[]
export const LOADING: readonly string[]
