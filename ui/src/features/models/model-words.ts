// What a model is to this computer: its verdict and state in words, and what can be done with it.
import type { DownloadView, ModelChoiceView, ModelVerdict } from '../../bindings/wire'
import type { Key } from '../../i18n/i18n.svelte'
import type { IconName } from '../../shared/icon-shapes'
import { isMoving } from './download-steps'

type Look<Prefix extends string> = { words: Key & `${Prefix}.${string}`; icon: IconName; tone: 'good' | 'warn' | 'bad' | 'soft' }

export const VERDICTS = {
  recommended: { words: 'models.verdict.recommended', icon: 'star', tone: 'good' },
  fits: { words: 'models.verdict.fits', icon: 'check', tone: 'good' },
  too_slow: { words: 'models.verdict.too_slow', icon: 'clock', tone: 'warn' },
  too_large: { words: 'models.verdict.too_large', icon: 'block', tone: 'warn' },
  failed_exam: { words: 'models.verdict.failed_exam', icon: 'warn', tone: 'bad' },
} as const satisfies Record<ModelVerdict, Look<'models.verdict'>>

const STATES = {
  inUse: { words: 'models.state.inUse', icon: 'check', tone: 'good' },
  ready: { words: 'models.state.ready', icon: 'check', tone: 'soft' },
  missing: { words: 'models.state.missing', icon: 'globe', tone: 'soft' },
  damaged: { words: 'models.state.damaged', icon: 'warn', tone: 'bad' },
  coming: { words: 'models.state.coming', icon: 'download', tone: 'soft' },
} as const satisfies Record<string, Look<'models.state'>>

/** Reasons to think twice before using a model, in the order they are told. */
export type Doubt = 'own' | 'too_slow' | 'too_large' | 'failed_exam'

export type Choices = { canUse: boolean; canDownload: boolean; canDelete: boolean; onlyByHand: boolean }

export const suits = (model: ModelChoiceView): boolean => model.verdict === 'recommended' || model.verdict === 'fits'

export function stateOf(model: ModelChoiceView, download?: DownloadView): (typeof STATES)[keyof typeof STATES] {
  if (model.in_use) return STATES.inUse
  if (download && isMoving(download)) return STATES.coming
  if (model.state === 'ready' || model.state === 'damaged') return STATES[model.state]
  return STATES.missing
}

export function choicesOf(model: ModelChoiceView, download?: DownloadView): Choices {
  const isHere = model.state === 'ready'
  const isOnItsWay = download !== undefined && download.state !== 'done'
  return {
    canUse: isHere && !model.in_use && model.purpose === 'chat',
    canDownload: !isHere && !isOnItsWay && model.host !== '',
    // A brought one whose file is gone can still be forgotten.
    canDelete: !model.in_use && (model.state !== 'missing' || model.origin !== 'catalogue'),
    onlyByHand: !isHere && !isOnItsWay && model.host === '',
  }
}

export function doubtsAbout(model: ModelChoiceView): Doubt[] {
  const doubts: Doubt[] = model.origin === 'catalogue' ? [] : ['own']
  if (model.verdict === 'too_slow' || model.verdict === 'too_large' || model.verdict === 'failed_exam') doubts.push(model.verdict)
  return doubts
}

/** The chat models as they are shown: the recommended one, those that suit or are here, and the rest. */
export function groupModels(models: ModelChoiceView[]) {
  const chat = models.filter((model) => model.purpose === 'chat')
  const best = chat.find((model) => model.verdict === 'recommended') ?? null
  const others = chat.filter((model) => model !== best)
  const isShown = (model: ModelChoiceView) => suits(model) || model.in_use || model.state !== 'missing'
  return {
    best,
    others: others.filter(isShown),
    unsuited: others.filter((model) => !isShown(model)),
    embedding: models.filter((model) => model.purpose !== 'chat'),
  }
}
