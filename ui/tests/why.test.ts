// Why an answer was given, and putting it right, on the fake desk.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import KioskWindow from '../src/views/KioskWindow.svelte'
import StaffWindow from '../src/views/StaffWindow.svelte'
import { closenessOf, plainAnswer, readStory } from '../src/features/why/story'
import { accessibilityProblems } from './axe'

async function openWhy(question: string, prepare: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost()
  prepare(host)
  const { container } = render(StaffWindow, { host })
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Try it' }))
  await user.type(await screen.findByLabelText('Your question'), `${question}{Enter}`)
  // By a selector, because looking for roles after every word is slow.
  await waitFor(() => expect(container.querySelector('[data-phase=finished] .why')).toBeTruthy())
  await user.click(screen.getByRole('button', { name: 'Why this answer?' }))
  await screen.findByRole('heading', { name: 'Why this answer?' })
  return { host, user, container }
}

describe('why this answer', () => {
  it('says the way, the passages and the time in words, without accessibility problems', async () => {
    const { container } = await openWhy('Can I bring back shoes?')
    expect(await screen.findByText('The documents answer in their own words.')).toBeTruthy()
    expect(screen.getAllByText(/very close to the question/).length).toBe(2)
    expect(screen.getByText(/Left out/)).toBeTruthy()
    expect(screen.getByText('It took 6.2 ms.')).toBeTruthy()
    expect(screen.queryByText(/cosine/)).toBeNull()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('shows numbers to experts, and what the model was not allowed to say', async () => {
    await openWhy('Tell me about the workshop', (host) => (host.office.settings.expert = true))
    expect((await screen.findAllByText(/cosine/)).length).toBeGreaterThan(0)
    expect(screen.getByText('1 sentence was held back')).toBeTruthy()
  })

  it('pins an answer as an approved one, and takes that back', async () => {
    const { user, host } = await openWhy('Can I bring back shoes?')
    await user.click(screen.getByRole('button', { name: 'Pin this answer' }))
    await user.click(screen.getByRole('button', { name: 'Approve this answer' }))
    expect(await screen.findByText(/Pinned. Visitors get this answer/)).toBeTruthy()
    expect(host.office.answers.faqs[0]).toMatchObject({ question: 'Can I bring back shoes?', status: 'approved' })
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(host.office.answers.faqs[0]?.status).toBe('retired'))
  })

  it('leaves a draft where somebody else must approve', async () => {
    const { user, host } = await openWhy('Can I bring back shoes?', (one) => (one.office.answers.needsSecondPerson = true))
    await user.click(screen.getByRole('button', { name: 'Pin this answer' }))
    await user.click(screen.getByRole('button', { name: 'Approve this answer' }))
    expect(await screen.findByText(/somebody else must approve it/)).toBeTruthy()
    expect(host.office.answers.faqs[0]?.status).toBe('draft')
  })

  it('retires an approved answer that should never be said', async () => {
    const { user, host } = await openWhy('When do you open on a Sunday?')
    await user.click(screen.getByRole('button', { name: 'Never say this' }))
    await user.click(screen.getByRole('button', { name: 'Retire this answer' }))
    await waitFor(() => expect(host.office.answers.faq(1).status).toBe('retired'))
  })

  it('watches for words that should never be said', async () => {
    const { user, host } = await openWhy('Can I bring back shoes?')
    await user.click(screen.getByRole('button', { name: 'Never say this' }))
    await user.click(screen.getByRole('button', { name: 'Warn me if it is said again' }))
    await waitFor(() => expect(host.office.learning.cases.at(-1)?.must_not[0]).toMatch(/^Walking boots/))
  })

  it('closes with Escape and gives the focus back', async () => {
    // Wide enough for the reasons to stand beside the answer.
    window.innerWidth = 1_400
    const { user } = await openWhy('Can I bring back shoes?')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Why this answer?' })))
  })

  it('is never offered to visitors', async () => {
    render(KioskWindow, { host: new FakeHost({ surface: 'kiosk' }) })
    expect(within(document.body).queryByText('Why this answer?')).toBeNull()
  })
})

it('reads a story that holds less than it should', () => {
  const story = readStory({ passages: [{ title: 7 }, null], times_ms: 'x' })
  expect(story.passages.length).toBe(2)
  expect(story.passages[0]?.title).toBe('')
  expect(story.times).toEqual([])
  expect(closenessOf(0.5, 0.4, 0.6)).toBe('near')
})

it('takes the source numbers out of an answer that is pinned', () => {
  expect(plainAnswer('Within 30 days.¹ Keep it [1, 2].')).toBe('Within 30 days. Keep it.')
})
