// What does not fit in the typed facts, each with the field it is about. The desk checks again.
import type { FactsView, PlaceView, SpanView } from '../../bindings/wire'

export type FactProblem =
  | 'timeMissing'
  | 'closesBeforeOpens'
  | 'overlap'
  | 'dayMissing'
  | 'dayWrong'
  | 'dayTwice'
  | 'seasonDay'
  | 'seasonHalf'
  | 'priceName'
  | 'priceAmount'
  | 'placeName'
  | 'zoneWrong'

/** `at` names the field, such as `0.week.0.3` or `price.2`. */
export type Problem = { at: string; what: FactProblem }

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/
const DAY_MINUTES = 24 * 60
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

export function minutesOf(time: string): number | null {
  if (!TIME.test(time)) return null
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const total = hours * 60 + minutes
  return total <= DAY_MINUTES ? total : null
}

/** The first thing that does not fit in the times of one day. A span that ends at or before its beginning ends on the next day. */
export function problemOfSpans(spans: SpanView[]): FactProblem | null {
  const times = spans.map((span) => ({ opens: minutesOf(span.opens), closes: minutesOf(span.closes) }))
  if (times.some(({ opens, closes }) => opens === null || closes === null)) return 'timeMissing'
  const sorted = (times as { opens: number; closes: number }[]).sort((one, other) => one.opens - other.opens)
  for (const [index, span] of sorted.entries()) {
    const next = sorted[index + 1]
    if (span.opens === span.closes && span.opens !== 0) return 'closesBeforeOpens'
    if (next && span.closes <= span.opens) return 'closesBeforeOpens'
    if (next && span.closes > next.opens) return 'overlap'
  }
  return null
}

/** Whether the only span of a day ends after midnight: right for a bar, a slip for most shops. */
export function endsNextDay(span: SpanView): boolean {
  const [opens, closes] = [minutesOf(span.opens), minutesOf(span.closes)]
  return opens !== null && closes !== null && closes <= opens
}

export function isMonthDay(text: string): boolean {
  const [, month, day] = /^(\d{2})-(\d{2})$/.exec(text) ?? []
  if (!month || !day) return false
  const date = new Date(Date.UTC(2028, Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && Number(day) > 0
}

export function isDate(text: string): boolean {
  const [, year, rest] = /^(\d{4})-(\d{2}-\d{2})$/.exec(text) ?? []
  if (!year || !rest || !isMonthDay(rest)) return false
  return rest !== '02-29' || !Number.isNaN(new Date(`${text}T00:00:00Z`).getTime()) && new Date(`${text}T00:00:00Z`).getUTCDate() === 29
}

/** `2026-12-24`, `12-24`, `easter+1` or `01-last-mon`. */
export function isSpecialDay(text: string): boolean {
  const day = text.trim().toLowerCase()
  if (/^easter([+-]\d{1,3})?$/.test(day)) return Math.abs(Number(day.slice(6) || 0)) <= 100
  const [, month, weekday] = /^(\d{1,2})-(?:last|[1-5])-(\w{3})$/.exec(day) ?? []
  if (month && weekday) return Number(month) >= 1 && Number(month) <= 12 && WEEKDAYS.includes(weekday)
  return isMonthDay(day) || isDate(day)
}

function problemsOfPlace(place: PlaceView, at: number): Problem[] {
  const problems: Problem[] = []
  const add = (where: string, what: FactProblem) => problems.push({ at: `${at}.${where}`, what })
  if (at > 0 && !place.names.some((name) => name.trim())) add('names', 'placeName')
  for (const [index, season] of place.seasons.entries()) {
    if (Boolean(season.from) !== Boolean(season.to)) add(`season.${index}`, 'seasonHalf')
    else if (season.from && !(isMonthDay(season.from) && isMonthDay(season.to))) add(`season.${index}`, 'seasonDay')
    for (const [day, spans] of season.week.entries()) {
      const what = problemOfSpans(spans)
      if (what) add(`week.${index}.${day}`, what)
    }
  }
  const seen = new Set<string>()
  for (const [index, day] of place.special_days.entries()) {
    const on = day.on.trim().toLowerCase()
    if (!on) add(`day.${index}`, 'dayMissing')
    else if (!isSpecialDay(on)) add(`day.${index}`, 'dayWrong')
    else if (seen.has(on)) add(`day.${index}`, 'dayTwice')
    seen.add(on)
    const what = problemOfSpans(day.hours)
    if (what) add(`day.${index}.hours`, what)
  }
  if (place.known_until && !isDate(place.known_until)) add('known', 'dayWrong')
  return problems
}

export function problemsOf(facts: FactsView): Problem[] {
  const problems = facts.places.flatMap(problemsOfPlace)
  for (const [index, price] of facts.prices.entries()) {
    if (!price.names.some((name) => name.trim())) problems.push({ at: `price.${index}`, what: 'priceName' })
    else if (!price.amount.trim()) problems.push({ at: `price.${index}`, what: 'priceAmount' })
    if (price.valid_until && !isDate(price.valid_until)) problems.push({ at: `price.${index}`, what: 'dayWrong' })
  }
  if (facts.time_zone && !isTimeZone(facts.time_zone)) problems.push({ at: 'zone', what: 'zoneWrong' })
  return problems
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
