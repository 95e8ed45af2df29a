// The words for what a check found.
import type { CheckRow, CheckState, CheckView, Finding } from '../../bindings/wire'
import { t } from '../../i18n/i18n.svelte'
import { isolated } from '../../i18n/fill'
import type { IconName } from '../../shared/icon-shapes'

/** What can be done about it; findings that need nobody have no hint. */
const NEEDS = [
  'questions_wrong',
  'questions_none',
  'engine_stopped',
  'model_wrong',
  'disk_full',
  'folder_read_only',
  'orders_old',
  'folder_away',
  'clock_wrong',
  'somebody_waits',
  'answers_due',
  'backup_old',
  'backup_none',
] as const satisfies readonly Finding[]

export const ICONS: Record<CheckState, IconName> = { good: 'check', warn: 'warn', bad: 'stop' }

export function found(row: CheckRow): string {
  return t(`home.finding.${row.finding}`, { n: row.n, name: isolated(row.name) })
}

export function hint(row: CheckRow): string {
  const need = NEEDS.find((one) => one === row.finding)
  return need ? t(`home.hint.${need}`) : ''
}

/** The light in one sentence. */
export function sentence(check: CheckView): string {
  const open = check.rows.filter((row) => row.state !== 'good')
  if (check.state === 'good') return t('home.ready')
  const stopped = open.filter((row) => row.state === 'bad').length
  return stopped ? t('home.stopped', { n: stopped }) : t('home.needs', { n: open.length })
}

/** How long ago, no more exactly than it matters. */
export function age(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return t('home.justNow')
  if (minutes < 60) return t('home.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? t('home.hours', { n: hours }) : t('home.days', { n: Math.floor(hours / 24) })
}
