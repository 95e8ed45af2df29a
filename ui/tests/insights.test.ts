// The numbers of the desk: sentences, drawings and tables that say the same.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { above, busiest, labelledDays, openShare, segmentsOf, ticksTo } from '../src/features/insights/chart'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import InsightsView from '../src/views/InsightsView.svelte'
import { accessibilityProblems } from './axe'

beforeEach(() => localStorage.clear())

/** A week is enough for the rules: every day is a row in four tables. */
async function showWeek(user: ReturnType<typeof userEvent.setup>, container: Element) {
  await user.click(container.querySelector('.ranges button')!)
  await waitFor(() => expect(container.querySelectorAll('table')[0]?.rows).toHaveLength(8))
}

async function open(options: FakeOptions = {}) {
  const host = new FakeHost(options)
  const { container } = render(InsightsView, { host, desk: null, onchange: () => {} })
  await waitFor(() => expect(host.log).toContain('overview'))
  return { host, container, user: userEvent.setup() }
}

describe('insights', () => {
  it('say in a sentence what every drawing shows, without accessibility problems', async () => {
    const { container, user } = await open()
    await showWeek(user, container)
    const questions = screen.getByLabelText('Questions', { selector: 'section' })
    const sentence = within(questions).getByText(/questions; .* of them were answered/).textContent ?? ''
    expect(questions.querySelector('svg[role=img]')?.getAttribute('aria-label')).toBe(sentence)
    for (const name of ['Without an answer', 'How long visitors waited', 'Busy hours']) {
      expect(screen.getByLabelText(name, { selector: 'section' }).querySelector('svg[role=img][aria-label]')).toBeTruthy()
    }
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('have the numbers of a drawing as a table too', async () => {
    const { container } = await open()
    await waitFor(() => expect(container.querySelectorAll('table')[0]?.rows).toHaveLength(31))
    expect([...container.querySelectorAll('table')].every((table) => table.closest('details'))).toBe(true)
  })

  it('look back as far as is wished', async () => {
    const { user, container } = await open()
    await showWeek(user, container)
    expect(screen.getByText('7 days').getAttribute('aria-pressed')).toBe('true')
  })

  it('estimate what was saved by the reader’s own minutes, and remember them', async () => {
    const { user, host } = await open()
    const field = await screen.findByLabelText<HTMLInputElement>('Minutes a person would need for one')
    expect(screen.getByText(/at 3 minutes each/)).toBeTruthy()
    await user.clear(field)
    await user.type(field, '6')
    expect(await screen.findByText(/at 6 minutes each/)).toBeTruthy()
    expect(screen.getByText(/An estimate from your own number/)).toBeTruthy()
    expect(localStorage.getItem('frontdesk-minutes-each')).toBe('6')
    expect(host.log.filter((one) => one === 'overview').length).toBeGreaterThan(1)
  })

  it('say what to do first where nothing was asked', async () => {
    await open({ empty: true })
    expect(await screen.findByText(/Ask the desk something under “Try it”/)).toBeTruthy()
    expect(screen.queryByRole('img')).toBeNull()
  })

  it('read right in Arabic', async () => {
    speak('ar')
    const { container, user } = await open()
    await showWeek(user, container)
    expect(screen.getByLabelText('الأسئلة', { selector: 'section' })).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })
})

describe('drawings', () => {
  it('have round steps up to the most', () => {
    expect(ticksTo(94, 4, 1)).toEqual([0, 50, 100])
    expect(ticksTo(1, 4, 1)).toEqual([0, 1])
    expect(ticksTo(0.12, 4)).toEqual([0, 0.05, 0.1, 0.15])
    expect(ticksTo(0, 4, 1)).toEqual([0, 1])
  })

  it('always name the last day', () => {
    expect(labelledDays(7, 700, 64)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(labelledDays(30, 640, 64)).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29])
    expect(labelledDays(1, 0, 64)).toEqual([0])
  })

  it('leave a gap for a day without a question', () => {
    const at = (x: number, y: number) => ({ x, y })
    expect(segmentsOf([1, null, 2, 3], at)).toEqual([[at(0, 1)], [at(2, 2), at(3, 3)]])
    expect(segmentsOf([null, null], at)).toEqual([])
  })

  it('put words above all of the line that they stand over', () => {
    const line = [{ x: 0, y: 5 }, { x: 50, y: 20 }, { x: 80, y: 40 }, { x: 100, y: 90 }]
    expect(above(line, 30)).toBe(20)
    expect(above(line, 10)).toBe(40)
    expect(above([{ x: 7, y: 3 }], 30)).toBe(3)
  })

  it('find the busiest hour, or none', () => {
    expect(busiest([[0, 2], [3, 1]])).toEqual({ weekday: 1, hour: 0, count: 3 })
    expect(busiest([[0, 0]])).toBeNull()
  })

  it('have no share of nothing', () => {
    const none = { approved: 0, documents: 0, orders: 0, asked_back: 0, refused: 0, person: 0, other: 0, questions: 0 }
    expect(openShare(none)).toBeNull()
    expect(openShare({ ...none, refused: 1, asked_back: 1, approved: 2, questions: 4 })).toBe(0.5)
  })
})
