// Names of weekdays and months in the reader's language.
import { language } from '../../i18n/i18n.svelte'

/** From 0 for Monday. */
export function weekdayName(day: number): string {
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))
}

/** From 0 for January. */
export function monthName(month: number): string {
  return new Intl.DateTimeFormat(language(), { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month, 1))
}
