// Ages and counts of backups in words.
import type { BackupContent, BackupCounts } from '../../bindings/wire'
import { formatMoment, t } from '../../i18n/i18n.svelte'

/** How long ago, no more exactly than it matters. */
export function ago(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return t('backup.justNow')
  if (minutes < 60) return t('backup.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? t('backup.hours', { n: hours }) : t('backup.days', { n: Math.floor(hours / 24) })
}

export const NOUNS = ['answers', 'documents', 'questions', 'open_questions', 'orders', 'wishes'] as const satisfies readonly (keyof BackupCounts)[]

/** What replacing would change, in two sentences. */
export function changes({ here, holds, made_at }: BackupContent): string[] {
  const count = ({ answers, documents }: BackupCounts) => ({ answers: t('backup.answers', { n: answers }), documents: t('backup.documents', { n: documents }) })
  const since = t('backup.losesSince', { moment: formatMoment(new Date(made_at * 1_000).toISOString()) })
  if (!here) return [since]
  const now = count(here)
  return [t('backup.becomes', { ...count(holds), nowAnswers: now.answers, nowDocuments: now.documents }), since]
}
