// Why digits are no good PIN, so that the form can say it at once. The desk looks again.
export type PinProblem = 'short' | 'digits' | 'simple' | 'different'

export function pinProblem(typed: string, again: string): PinProblem | null {
  if (!/^\d*$/.test(typed)) return 'digits'
  if (typed.length < 6 || typed.length > 12) return 'short'
  if (isSimple([...typed].map(Number))) return 'simple'
  return typed === again ? null : 'different'
}

/** One digit or a few again and again, or digits in a row: those are tried first. */
function isSimple(digits: number[]): boolean {
  const repeats = (period: number) => digits.every((digit, at) => at < period || digit === digits[at - period])
  const steps = (by: number) => digits.every((digit, at) => at === 0 || digit === ((digits[at - 1] ?? 0) + by) % 10)
  const periods = Array.from({ length: Math.floor(digits.length / 2) }, (_, at) => at + 1)
  return periods.some(repeats) || steps(1) || steps(9)
}
