// What can be done with a model, and where it stands on the page.
import { describe, expect, it } from 'vitest'
import type { ModelChoiceView } from '../../bindings/wire'
import { MODELS } from '../../host/fake/models'
import { choicesOf, doubtsAbout, groupModels, stateOf } from './model-words'

const model = (change: Partial<ModelChoiceView>): ModelChoiceView => ({ ...(MODELS[0] as ModelChoiceView), ...change })
const coming = { id: 'x', name: 'x', state: 'running', have_bytes: 1, size_bytes: 2, bytes_per_second: 1, seconds_left: 1, error: null } as const

describe('a model', () => {
  it('offers what its state allows', () => {
    const check = (change: Partial<ModelChoiceView>, expected: string[], download?: typeof coming) => {
      const choices = Object.entries(choicesOf(model(change), download)).filter(([, can]) => can)
      expect(choices.map(([name]) => name), JSON.stringify(change)).toEqual(expected)
    }
    check({ state: 'missing' }, ['canDownload'])
    check({ state: 'missing' }, [], coming)
    check({ state: 'missing', host: '' }, ['onlyByHand'])
    check({ state: 'ready' }, ['canUse', 'canDelete'])
    check({ state: 'ready', in_use: true }, [])
    check({ state: 'damaged' }, ['canDownload', 'canDelete'])
    check({ state: 'missing', host: '', origin: 'own' }, ['canDelete', 'onlyByHand'])
    check({ state: 'ready', purpose: 'embedding' }, ['canDelete'])
    check({ state: 'ready', purpose: 'embedding', in_use: true }, [])
  })

  it('says where it is', () => {
    expect(stateOf(model({ state: 'ready', in_use: true })).words).toBe('models.state.inUse')
    expect(stateOf(model({ state: 'missing' }), coming).words).toBe('models.state.coming')
    expect(stateOf(model({ state: 'something new' })).words).toBe('models.state.missing')
  })

  it('is doubted before it is used, when there is reason to', () => {
    expect(doubtsAbout(model({ verdict: 'fits' }))).toEqual([])
    expect(doubtsAbout(model({ verdict: 'failed_exam' }))).toEqual(['failed_exam'])
    expect(doubtsAbout(model({ origin: 'own', verdict: 'too_large' }))).toEqual(['own', 'too_large'])
  })

  it('stands first when it is the best one, and last when it is neither fit nor here', () => {
    const { best, others, unsuited, embedding } = groupModels(MODELS)
    expect(best?.id).toBe('qwen3-4b-instruct')
    expect(others.map((one) => one.id)).toEqual(['smollm2-135m', 'qwen3-1.7b', 'gemma-4-e2b', 'granite-4-micro'])
    expect(unsuited.map((one) => one.verdict)).toEqual(['too_slow', 'too_slow', 'too_large'])
    expect(embedding).toHaveLength(2)
    expect(groupModels([])).toEqual({ best: null, others: [], unsuited: [], embedding: [] })
  })
})
