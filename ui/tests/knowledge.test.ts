// The knowledge place: answers, documents, facts, the test bench, gaps and versions, on the fake desk.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import KnowledgeView from '../src/views/KnowledgeView.svelte'
import { accessibilityProblems } from './axe'

async function openKnowledge(tab: string | RegExp | null = null, options: FakeOptions = {}, prepare: (host: FakeHost) => void = () => {}) {
  const host = new FakeHost(options)
  prepare(host)
  const { container } = render(KnowledgeView, { host, desk: host.office.desk(false, 'staff'), onchange: () => {} })
  const user = userEvent.setup()
  if (tab) await user.click(await screen.findByRole('tab', { name: tab }))
  return { host, user, container }
}
const WAITING = /^Questions without an answer/
const row = (question: string) => screen.findByText(question).then((cell) => cell.closest<HTMLElement>('[role=row]') as HTMLElement)

describe('answers', () => {
  it('lists answers with their state, without accessibility problems', async () => {
    const { container } = await openKnowledge()
    expect(within(await row('When do you open?')).getByText('Live')).toBeTruthy()
    expect(within(await row('Do you ship to Norway?')).getByText('Draft')).toBeTruthy()
    expect(within(screen.getByRole('list', { name: 'What this desk knows' })).getByText('3 of 3')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('keep few rows in the page although ten thousand are there, and go to the last by one key', async () => {
    const { user, container } = await openKnowledge(null, { faqs: 10_000 })
    await screen.findByText('10,000 of 10,000 shown')
    expect(container.querySelectorAll('[data-faq]').length).toBeGreaterThan(5)
    expect(container.querySelectorAll('[data-faq]').length).toBeLessThan(80)
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10001')
    container.querySelector<HTMLElement>('[data-cell="0-0"]')?.focus()
    await user.keyboard('{Control>}{End}{/Control}')
    await waitFor(() => expect(container.querySelector('[aria-rowindex="10001"]')).toBeTruthy())
    expect(document.activeElement?.getAttribute('data-cell')).toBe('9999-5')
    expect(container.querySelectorAll('[data-faq]').length).toBeLessThan(80)
  })

  it('change where they stand: Enter saves, Escape leaves, and the focus comes back', async () => {
    const { user, host, container } = await openKnowledge()
    await row('Do you ship to Norway?')
    const cell = container.querySelector<HTMLElement>('[data-cell="2-1"]') as HTMLElement
    cell.focus()
    await user.keyboard('{Enter}')
    await user.type(screen.getByLabelText('Answer'), ' Or so.{Escape}')
    expect(host.log).not.toContain('edit_faq')
    expect(document.activeElement?.getAttribute('data-cell')).toBe('2-1')
    await user.keyboard('{Enter}')
    await user.type(screen.getByLabelText('Answer'), ' Or ten.{Enter}')
    expect(await screen.findByText(/9 working days. Or ten./)).toBeTruthy()
    await waitFor(() => expect(document.activeElement?.getAttribute('data-cell')).toBe('2-1'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(screen.queryByText(/Or ten/)).toBeNull())
  })

  it('keep what visitors get until a new text is approved', async () => {
    const { user, container } = await openKnowledge()
    await row('When do you open?')
    container.querySelector<HTMLElement>('[data-cell="0-1"]')?.focus()
    await user.keyboard('{Enter}')
    await user.clear(screen.getByLabelText('Answer'))
    await user.type(screen.getByLabelText('Answer'), 'From ten to six.{Enter}')
    expect(await screen.findByText('New text waits', { selector: '[data-faq] *' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'New text waits 1' })).toBeTruthy()
    expect(screen.getByText(/Saturday from 9:00/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Approve: When do you open?' }))
    expect(await screen.findByText('From ten to six.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText(/Saturday from 9:00/)).toBeTruthy()
  })

  it('retire with a way back', async () => {
    const { user } = await openKnowledge()
    await user.click(await screen.findByRole('button', { name: 'Retire: Can I pay by card?' }))
    expect(within(await row('Can I pay by card?')).getByText('Retired')).toBeTruthy()
    expect(screen.getByText('Retired. Visitors no longer get it.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(async () => expect(within(await row('Can I pay by card?')).getByText('Live')).toBeTruthy())
  })

  it('say in words that somebody else must approve', async () => {
    const { user } = await openKnowledge(null, {}, (host) => (host.office.answers.needsSecondPerson = true))
    await user.click(await screen.findByRole('button', { name: 'Approve: Do you ship to Norway?' }))
    expect(await screen.findByText(/somebody else must read and approve it/)).toBeTruthy()
    expect(within(await row('Do you ship to Norway?')).getByText('Draft')).toBeTruthy()
  })

  it('are written beside the list, with dates, and open with their history', async () => {
    const { user, host, container } = await openKnowledge()
    await user.click(await screen.findByRole('button', { name: 'Write an answer' }))
    await user.click(screen.getByRole('button', { name: 'Save as draft' }))
    expect(screen.getByText('Write the question and the answer first.')).toBeTruthy()
    await user.type(screen.getByLabelText(/^Question, as/), 'May I bring my dog?')
    await user.type(screen.getByLabelText(/^Answer, shown/), 'Yes, on a lead.')
    await fireEvent.input(screen.getByLabelText('Last day'), { target: { value: '2027-03-31' } })
    await user.click(screen.getByRole('button', { name: 'Save as draft' }))
    expect(await screen.findByText('History: 1 change')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Last day').value).toBe('2027-03-31')
    expect(host.office.answers.faqs[0]?.status).toBe('draft')
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('are searched by words and filtered by state', async () => {
    const { user } = await openKnowledge()
    await user.type(await screen.findByLabelText('Search in questions and answers'), 'norway')
    await waitFor(() => expect(screen.queryByText('Can I pay by card?')).toBeNull())
    expect(screen.getByText('Do you ship to Norway?')).toBeTruthy()
    await user.clear(screen.getByLabelText('Search in questions and answers'))
    await row('Can I pay by card?')
    await user.click(screen.getByRole('button', { name: /^Retired/ }))
    expect(screen.queryByText('Can I pay by card?')).toBeNull()
    expect(screen.getByText('Is there a Christmas market?')).toBeTruthy()
  })

  it('are looked over for contradictions, each with what to do', async () => {
    const { user } = await openKnowledge()
    await user.click(await screen.findByText(/Look for duplicates/))
    await user.click(screen.getByRole('button', { name: 'Look now' }))
    expect(await screen.findByText('Contradiction')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Open answer 2' }))
    expect(await screen.findByRole('heading', { name: 'Can I pay by card?' })).toBeTruthy()
  })

  it('say what to do first where there is nothing', async () => {
    await openKnowledge(null, { empty: true })
    expect(await screen.findByText(/Write the answers you give every day/)).toBeTruthy()
  })
})

describe('documents', () => {
  it('are listed with passages and warnings, without accessibility problems', async () => {
    const { container } = await openKnowledge('Documents')
    expect(await screen.findByText('Returns, exchanges and refunds')).toBeTruthy()
    expect(screen.getByText('Being learned: 38 %')).toBeTruthy()
    expect(screen.queryByText('Passages')).toBeNull()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('are chosen in a dialog, and each says what became of it', async () => {
    const { user } = await openKnowledge('Documents')
    await user.click(await screen.findByRole('button', { name: 'Add files…' }))
    const reports = within(await screen.findByRole('region', { name: 'What became of your files' }))
    expect(reports.getByText('Added')).toBeTruthy()
    expect(reports.getByText('Not added')).toBeTruthy()
    expect(reports.getByText(/Save it as text/)).toBeTruthy()
  })

  it('are read in the background with progress, a pause and what became of each file', async () => {
    const { user, container } = await openKnowledge('Documents')
    await user.type(await screen.findByLabelText(/File or folder/), 'leaflets{Enter}')
    const jobs = within(await screen.findByRole('region', { name: 'Files being read' }))
    await user.click(await jobs.findByRole('button', { name: 'Pause reading leaflets' }))
    expect(await jobs.findByText('Paused')).toBeTruthy()
    await user.click(jobs.getByRole('button', { name: 'Go on reading leaflets' }))
    await waitFor(() => expect(container.querySelector('[data-job=done]')).toBeTruthy(), { timeout: 12_000 })
    await user.click(jobs.getByRole('button', { name: 'What became of the files of leaflets' }))
    expect(await jobs.findByText('page 3 is a picture without text')).toBeTruthy()
  })

  it('go only after saying what goes, and come back with one button', async () => {
    const { user, host } = await openKnowledge('Documents')
    await user.click(await screen.findByRole('button', { name: 'Remove Delivery and collection' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/Removes 1 document: 38 passages/)).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(host.log).not.toContain('remove_source')
    await user.click(screen.getByRole('button', { name: 'Remove Delivery and collection' }))
    await user.click(screen.getByRole('button', { name: 'Remove it' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Remove Delivery and collection' })).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('button', { name: 'Remove Delivery and collection' })).toBeTruthy()
  })

  it('come from watched folders, and a folder that is not there is said', async () => {
    const { user } = await openKnowledge('Documents')
    await user.type(await screen.findByLabelText(/File or folder/), 'missing')
    await user.click(screen.getByRole('button', { name: 'Watch this folder' }))
    expect(await screen.findByText(/that the share is connected/)).toBeTruthy()
    await user.clear(screen.getByLabelText(/File or folder/))
    await user.type(screen.getByLabelText(/File or folder/), 'share/leaflets')
    await user.click(screen.getByRole('button', { name: 'Watch this folder' }))
    await user.click(await screen.findByRole('button', { name: 'Stop watching share/leaflets' }))
    await user.click(screen.getByRole('button', { name: 'Keep the documents' }))
    await waitFor(() => expect(screen.queryByText('share/leaflets')).toBeNull())
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>(/File or folder/).value).toBe(''))
    await user.type(screen.getByLabelText(/File or folder/), 'share/leaflets')
    await user.click(screen.getByRole('button', { name: 'Watch this folder' }))
    await user.click(await screen.findByRole('button', { name: 'Stop watching share/leaflets' }))
    await user.click(screen.getByRole('button', { name: 'Remove 2 documents too' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('“share/leaflets” is back.')).toBeTruthy()
  })
})

describe('facts', () => {
  it('are typed without accessibility problems', async () => {
    const { container } = await openKnowledge('Facts')
    expect((await screen.findByLabelText<HTMLInputElement>('Telephone')).value).toBe('01234 567 890')
    expect(within(screen.getByRole('group', { name: 'Sunday' })).getByText('Closed')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('are not saved while two times overlap or a day closes before it opens', async () => {
    const { user, host } = await openKnowledge('Facts')
    const wednesday = within(await screen.findByRole('group', { name: 'Wednesday' }))
    const [, second] = wednesday.getAllByLabelText('Opens on Wednesday')
    await fireEvent.input(second as HTMLElement, { target: { value: '12:00' } })
    expect(await wednesday.findByText('Two times of this day overlap.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Save the facts' }))
    expect(host.log).not.toContain('save_facts')
    await fireEvent.input(second as HTMLElement, { target: { value: '13:30' } })
    await user.click(screen.getByRole('button', { name: 'Save the facts' }))
    expect(await screen.findByText(/Saved. Visitors get them/)).toBeTruthy()
    expect(host.office.facts.facts.places[0]?.seasons[0]?.week[2]?.[1]?.opens).toBe('13:30')
    expect(await screen.findByText(/We open Monday to Saturday/)).toBeTruthy()
    expect(host.log).toContain('start_over')
  })

  it('that were taken back by mistake can be brought back', async () => {
    const { user } = await openKnowledge('Facts')
    const phone = await screen.findByLabelText<HTMLInputElement>('Telephone')
    await user.clear(phone)
    await user.type(phone, '0999')
    await user.click(screen.getByRole('button', { name: 'Take back the changes' }))
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Telephone').value).toBe('01234 567 890'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Telephone').value).toBe('0999'))
  })

  it('start with the shop itself where nothing is typed', async () => {
    const { user, host } = await openKnowledge('Facts', { empty: true })
    await user.click(await screen.findByRole('button', { name: 'Type the opening hours' }))
    await user.click(screen.getByRole('button', { name: 'Add a time on Monday' }))
    await user.click(screen.getByRole('button', { name: 'Same up to Friday' }))
    await user.click(screen.getByRole('button', { name: 'Save the facts' }))
    await waitFor(() => expect(host.office.facts.facts.places[0]?.seasons[0]?.week.map((day) => day.length)).toEqual([1, 1, 1, 1, 1, 0, 0]))
  })
})

describe('the test bench', () => {
  it('asks every question and names what broke', async () => {
    const { user, container } = await openKnowledge()
    await user.click(await screen.findByRole('button', { name: 'Retire: When do you open?' }))
    await user.click(screen.getByRole('tab', { name: 'Test bench' }))
    await user.click(await screen.findByRole('button', { name: 'Ask all 3 questions' }))
    expect(await screen.findByText('1 question broke since the time before')).toBeTruthy()
    expect(container.querySelectorAll('[data-verdict=wrong]').length).toBe(1)
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('takes a question with what should come of it, and gives a removed one back', async () => {
    const { user, host } = await openKnowledge('Test bench')
    await user.click(await screen.findByRole('button', { name: 'Add a question' }))
    await user.type(screen.getByLabelText(/^Question, as/), 'How old is the harbour?')
    await user.click(screen.getByLabelText(/No answer: the desk says/))
    await user.click(screen.getByRole('button', { name: 'Save the question' }))
    expect(await screen.findByText('Not asked yet')).toBeTruthy()
    expect(host.office.learning.cases.at(-1)?.must_refuse).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Remove from the test bench: How old is the harbour?' }))
    await waitFor(() => expect(host.office.learning.cases.length).toBe(3))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('How old is the harbour?')).toBeTruthy()
  })
})

describe('questions without an answer', () => {
  it('become an answer that all their wordings get', async () => {
    const { user, host, container } = await openKnowledge(WAITING)
    await user.click(await screen.findByRole('button', { name: 'Write an answer to: Is there parking for a camper?' }))
    expect(screen.getByLabelText<HTMLInputElement>(/^Question, as/).value).toBe('Is there parking for a camper?')
    expect(screen.getByLabelText<HTMLInputElement>(/Where can I park my camper van/).checked).toBe(true)
    expect(await accessibilityProblems(container)).toEqual([])
    await user.type(screen.getByLabelText(/^Answer, shown/), 'Yes, behind the hall.')
    await user.click(screen.getByRole('button', { name: 'Publish the answer' }))
    expect(await screen.findByText('3 of 3 wordings get the answer now')).toBeTruthy()
    expect(screen.getAllByText('Yes, behind the hall.').length).toBe(3)
    expect(host.office.answers.faqs[0]?.alternatives).toEqual(['Where can I park my camper van?', 'parking for campers'])
  })

  it('stay as a draft where somebody else must approve', async () => {
    const { user } = await openKnowledge(WAITING, {}, (host) => (host.office.answers.needsSecondPerson = true))
    await user.click(await screen.findByRole('button', { name: 'Write an answer to: Do you sell gift cards?' }))
    await user.type(screen.getByLabelText(/^Answer, shown/), 'Yes, at the counter.')
    await user.click(screen.getByRole('button', { name: 'Publish the answer' }))
    expect(await screen.findByText(/somebody else must approve it/)).toBeTruthy()
    expect(await screen.findByText('A draft waits for approval')).toBeTruthy()
  })

  it('are put aside with a way back', async () => {
    const { user } = await openKnowledge(WAITING)
    await user.click(await screen.findByRole('button', { name: 'Needs no answer: May I bring my dog?' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('button', { name: 'Needs no answer: May I bring my dog?' })).toBeTruthy()
  })
})

describe('versions', () => {
  it('are stopped by a red test that is named, and published anyway if wished', async () => {
    const { user, container } = await openKnowledge()
    await user.click(await screen.findByRole('button', { name: 'Retire: When do you open?' }))
    await user.click(screen.getByRole('tab', { name: 'Versions' }))
    await user.type(await screen.findByLabelText('Name'), 'Spring')
    await user.click(screen.getByRole('button', { name: 'Test and publish' }))
    const alert = within(await screen.findByRole('alert'))
    expect(alert.getByText('When do you open?')).toBeTruthy()
    await user.click(alert.getByRole('button', { name: 'Publish anyway' }))
    expect(await screen.findByText('“Spring” is published.')).toBeTruthy()
    expect(screen.getByText('2 of 3 as they should be')).toBeTruthy()
    expect(await accessibilityProblems(container)).toEqual([])
  })

  it('come back after saying what changes, and that can be undone', async () => {
    const { user, host } = await openKnowledge('Versions')
    await user.click(await screen.findByRole('button', { name: 'Test and publish' }))
    await screen.findByText(/is published/)
    host.office.answers.setStatus(2, 'retired')
    await user.click(screen.getByRole('button', { name: /^Restore As of/ }))
    expect(within(screen.getByRole('dialog')).getByText(/Answers written since become drafts/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Go back' }))
    await waitFor(() => expect(host.office.answers.faq(2).status).toBe('approved'))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(host.office.answers.faq(2).status).toBe('retired'))
  })
})

it('has no accessibility problems in Arabic on any tab', async () => {
  speak('ar')
  const { user, container } = await openKnowledge()
  for (const tab of screen.getAllByRole('tab')) {
    await user.click(tab)
    await waitFor(() => expect(screen.getByRole('tabpanel').children.length).toBeGreaterThan(1))
    expect(await accessibilityProblems(container)).toEqual([])
  }
})
