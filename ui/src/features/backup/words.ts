// Ages and counts of backups in words.
import type { BackupContent, BackupCounts } from '../../bindings/wire'
import { t } from '../../i18n/i18n.svelte'

/** How long ago, no more exactly than it matters. */
export function ago(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return t('backup.justNow')
  if (minutes < 60) return t('backup.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? t('backup.hours', { n: hours }) : t('backup.days', { n: Math.floor(hours / 24) })
}

export const NOUNS = ['answers', 'documents', 'questions', 'open_questions', 'orders', 'wishes'] as const satisfies readonly (keyof BackupCounts)[]

/** What replacing would change, in one sentence. */
export function changes({ here, holds }: BackupContent): string {
  if (!here) return ''
  const fewer = NOUNS.filter((noun) => holds[noun] < here[noun])
  const lost = { answers: t('backup.answers', { n: here.answers - holds.answers }), documents: t('backup.documents', { n: here.documents - holds.documents }) }
  if (here.answers > holds.answers && here.documents > holds.documents) return t('backup.losesBoth', lost)
  if (here.answers > holds.answers) return t('backup.loses', { what: lost.answers })
  if (here.documents > holds.documents) return t('backup.loses', { what: lost.documents })
  return fewer.length ? t('backup.losesTalk') : t('backup.losesNothing')
}
