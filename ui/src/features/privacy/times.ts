// How long things may be kept, in words.
import type { PrivacyTimes } from '../../bindings/wire'
import { t } from '../../i18n/i18n.svelte'

const CHOICES: Record<keyof PrivacyTimes, number[]> = {
  kiosk_hours: [0, 1, 24, 168],
  conversation_days: [0, 1, 7, 30, 90, 365],
  ticket_days: [7, 30, 90, 365],
}

/** The times to choose from; one that was set elsewhere is among them. */
export function choicesFor(time: keyof PrivacyTimes, saved: number): number[] {
  return [...new Set([...CHOICES[time], saved])].sort((left, right) => left - right)
}

export function timeInWords(time: keyof PrivacyTimes, value: number): string {
  if (time === 'kiosk_hours') {
    if (value === 0) return t('privacy.kioskGone')
    return value % 24 || value < 48 ? t('privacy.hours', { n: value }) : t('privacy.days', { n: value / 24 })
  }
  return value === 0 ? t('privacy.today') : t('privacy.days', { n: value })
}
