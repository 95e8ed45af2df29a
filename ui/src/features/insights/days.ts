// Days, weekdays and hours in the reader's own words.
import { language } from '../../i18n/i18n.svelte'

const locale = () => (language() === 'en' ? 'en-GB' : `${language()}-u-nu-latn`)

/** `2026-11-22` as a label that needs little room, such as 22 Nov. */
export function shortDay(day: string): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(day))
}

/** Monday is 0. */
export function weekdayName(weekday: number, form: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(locale(), { weekday: form, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + weekday))
}

export function hourName(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
