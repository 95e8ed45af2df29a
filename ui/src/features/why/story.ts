// The story of an answer as the desk keeps it, read with care: older turns hold less.

export type Fate = 'chosen' | 'read' | 'left_out'
export type Closeness = 'close' | 'near' | 'far'
export type StoryPassage = { title: string; locator: string; matched: string; score: number; cosine: number; bm25: number; coverage: number | null; fate: Fate; closeness: Closeness }
export type StorySentence = { text: string; supported: boolean; why: string }
export type TimePart = { name: 'search' | 'choose' | 'read' | 'write'; milliseconds: number }
export type Story = {
  reason: string
  searched: string
  byWordsAlone: boolean
  refuseBelow: number
  answerFrom: number
  passages: StoryPassage[]
  withheld: StorySentence[]
  times: TimePart[]
  totalMilliseconds: number
  score: number
  support: number
  model: string
  knowledgeVersion: number
  tokens: { prompt: number; cached: number; generated: number }
}

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])

export function readStory(why: Record<string, unknown>): Story {
  const thresholds = fieldsOf(why['thresholds'])
  const [refuseBelow, answerFrom] = [numberOf(thresholds['refuse_below']), numberOf(thresholds['answer_from'])]
  const tokens = fieldsOf(why['tokens'])
  const times = fieldsOf(why['times_ms'])
  const total = numberOf(times['all'])
  return {
    reason: textOf(why['reason']),
    searched: textOf(why['searched']),
    byWordsAlone: why['by_words_alone'] === true,
    refuseBelow,
    answerFrom,
    passages: listOf(why['passages']).map((passage) => {
      const score = numberOf(passage['score'])
      return {
        title: textOf(passage['title']),
        locator: textOf(passage['locator']),
        matched: textOf(passage['matched']),
        score,
        cosine: numberOf(passage['cosine']),
        bm25: numberOf(passage['bm25']),
        coverage: typeof passage['coverage'] === 'number' ? passage['coverage'] : null,
        fate: fateOf(passage['fate']),
        closeness: closenessOf(score, refuseBelow, answerFrom),
      }
    }),
    withheld: listOf(why['sentences'])
      .filter((sentence) => sentence['supported'] === false)
      .map((sentence) => ({ text: textOf(sentence['text']), supported: false, why: textOf(sentence['why']) })),
    times: partsOf(numberOf(times['search']), numberOf(why['choose_ms']), numberOf(times['first_word']), total),
    totalMilliseconds: total,
    score: numberOf(why['score']),
    support: numberOf(why['support']),
    model: textOf(why['model']),
    knowledgeVersion: numberOf(why['kb_version']),
    tokens: { prompt: numberOf(tokens['prompt']), cached: numberOf(tokens['cached']), generated: numberOf(tokens['generated']) },
  }
}

function fateOf(value: unknown): Fate {
  return value === 'chosen' || value === 'read' ? value : 'left_out'
}

export function closenessOf(score: number, refuseBelow: number, answerFrom: number): Closeness {
  if (score >= answerFrom) return 'close'
  return score >= refuseBelow ? 'near' : 'far'
}

/** Where the time went; the parts add up to the whole. */
function partsOf(search: number, choose: number, firstWord: number, total: number): TimePart[] {
  const parts: TimePart[] = [
    { name: 'search', milliseconds: search },
    { name: 'choose', milliseconds: choose },
  ]
  const rest = Math.max(0, total - search - choose)
  const read = firstWord > 0 ? Math.min(rest, Math.max(0, firstWord - search - choose)) : 0
  if (firstWord > 0) parts.push({ name: 'read', milliseconds: read }, { name: 'write', milliseconds: rest - read })
  else parts.push({ name: 'write', milliseconds: rest })
  return parts.filter((part) => part.milliseconds > 0)
}

/** The words of an answer without the numbers of its sources. */
export function plainAnswer(text: string): string {
  return text.replace(/\s*(\[\d{1,2}(\s*,\s*\d{1,2})*\]|[¹²³⁴⁵⁶⁷⁸⁹])/g, '').trim()
}
