// Measures in words: seconds, rates, money, shares, and how long something still takes.
import { formatBytes, formatNumber, t } from './i18n.svelte'

/** Seconds as people say them: `0.4 s`, `12 s`. */
export function formatSeconds(seconds: number): string {
  const digits = seconds < 10 ? 1 : 0
  return t('unit.seconds', { value: formatNumber(seconds, { maximumFractionDigits: digits }) })
}

/** How many a computer serves, with the two figures that count: `7.2`, `41`, `140`, `1,800`. */
export function formatServed(aMinute: number): string {
  const value = aMinute < 10 ? Math.round(aMinute * 10) / 10 : Number(aMinute.toPrecision(2))
  return formatNumber(value)
}

export function formatShare(share: number): string {
  return t('unit.percent', { value: formatNumber(Math.floor(share * 100)) })
}

export function formatRate(bytesPerSecond: number): string {
  return t('unit.aSecond', { value: formatBytes(bytesPerSecond) })
}

/** US dollars; cents only where they matter. */
export function formatDollars(dollars: number): string {
  const digits = dollars > 0 && dollars < 10 ? 2 : 0
  const value = formatNumber(dollars, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return t('unit.dollars', { value })
}

/** How long something still takes, no more exactly than anybody can know. */
export function formatTimeLeft(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return t('time.unknown')
  if (seconds < 10) return t('time.soon')
  if (seconds < 60) return t('time.minute')
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return t('time.minutes', { n: minutes })
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
}
