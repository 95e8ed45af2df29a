// Days as the date field writes them, `2026-12-31`, and the seconds the desk keeps; both by this computer's clock.

const DAY = /^(\d{4,6})-(\d{2})-(\d{2})$/

/** The day of a moment; empty without one. */
export function dayOf(seconds: number | null): string {
  if (seconds === null) return ''
  const date = new Date(seconds * 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The first second of a day. */
export function startOfDay(day: string): number | null {
  const parts = DAY.exec(day)
  if (!parts) return null
  const [, year, month, date] = parts.map(Number)
  return Math.floor(new Date(year ?? 0, (month ?? 1) - 1, date ?? 1).getTime() / 1000)
}

/** The last second of a day: an answer that ends on a day is still shown on it. */
export function endOfDay(day: string): number | null {
  const parts = DAY.exec(day)
  if (!parts) return null
  const [, year, month, date] = parts.map(Number)
  return Math.floor(new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + 1).getTime() / 1000) - 1
}
