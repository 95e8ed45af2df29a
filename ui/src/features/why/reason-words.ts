// The desk's reasons in the reader's language; one that is not known here is shown as it came.
import { t, type Key } from '../../i18n/i18n.svelte'

const REASONS: Record<string, Key & `why.reason.${string}`> = {
  'an approved answer matched the question closely, by words and by meaning': 'why.reason.faq',
  'nothing that was found is near enough to the question': 'why.reason.refused',
  'what was found is near, but does not hold enough of the question': 'why.reason.near',
  'a model that may speak phrased what the documents say': 'why.reason.phrased',
  'the documents answer in their own words': 'why.reason.quoted',
  'others wait for the model just now; the approved answer is shown as it stands': 'why.reason.standsForItself',
  'too many wait for the model just now; the documents answer in their own words': 'why.reason.tooMany',
  'a model that may speak says that the documents do not answer': 'why.reason.modelSaysNo',
  "every word of the question is about the desk's facts": 'why.reason.facts',
  'the same question was answered from the same passages': 'why.reason.same',
}

/** Empty where the lane alone says it. */
export function reasonWords(reason: string): string {
  const key = REASONS[reason]
  if (key) return t(key)
  if (reason.startsWith('handed over')) return t('why.reason.handedOver')
  return reason.startsWith('the lane is') ? '' : reason
}
