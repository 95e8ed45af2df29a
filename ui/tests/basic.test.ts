// Basic and expert: what only experts need is nowhere in the basic view, in no place, tab or panel.
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { tick } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeHost } from '../src/host/fake'
import { chooseMode } from '../src/shared/mode.svelte'
import { PLACES } from '../src/views/staff/places'
import StaffWindow from '../src/views/StaffWindow.svelte'

/** Words and endings that only somebody who builds such programs knows. */
const FOR_EXPERTS = /chunk|temperature|top[-_ ]?k\b|\btokens?\b|cosine|bm25|\bscores?\b|coverage|embedding|prefill|\bthreads?\b|sqlite|quanti[sz]|R²|\.(gguf|safetensors|onnx|bin)\b|-q\d_|[0-9a-f]{32}/i

const host = () => new FakeHost()

/** Everything a person can see or hear on the page, but texts that are written for somebody who helps, and files of their own. */
function said(): string {
  const page = document.body.cloneNode(true) as HTMLElement
  page.querySelectorAll('pre, [aria-labelledby=brought-title], [aria-labelledby=found-title]').forEach((one) => one.remove())
  const heard = [...page.querySelectorAll('*')].flatMap((one) => ['aria-label', 'title', 'placeholder', 'value'].map((name) => one.getAttribute(name) ?? ''))
  return [page.textContent, ...heard].join('\n')
}

function unfold(): void {
  document.querySelectorAll('details').forEach((one) => (one.open = true))
}

type User = ReturnType<typeof userEvent.setup>
/** What is opened by hand, by the place and tab where it is. */
const OPENED: Record<string, (user: User) => Promise<unknown>> = {
  try: async (user) => {
    await user.type(screen.getByLabelText('Your question'), 'Tell me about the workshop{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Why this answer?' }))
    await waitFor(() => expect(document.querySelector('[data-fate]')).toBeTruthy())
  },
  'knowledge answers': async (user) => {
    await user.click(await screen.findByRole('button', { name: /^Details of: When do you open/ }))
    await screen.findByLabelText(/^Answer, shown word for word/)
  },
  'knowledge gaps': async (user) => user.click((await screen.findAllByRole('button', { name: /^Write an answer to/ }))[0] as HTMLElement),
  'computer models': async (user) => {
    await user.click(await screen.findByRole('button', { name: /Choose model files/ }))
    await screen.findByRole('heading', { name: 'What became of the files' })
    await user.click(screen.getByRole('button', { name: 'Look for models of other programs' }))
    await screen.findByRole('heading', { name: 'Found on this computer' })
    await user.click(screen.getByRole('button', { name: 'Let the model take its exam' }))
    await screen.findByText(/Not passed/)
  },
}

/** Goes everywhere and tells what is said there. */
async function everywhere(user: User): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { id } of PLACES) {
    await user.click(document.getElementById(`place-${id}`) as HTMLElement)
    // The place is there when its heading has the focus.
    if (id !== 'try') await waitFor(() => expect(document.activeElement, id).toBe(document.querySelector('main h1')))
    else await screen.findByLabelText('Your question')
    const tabs = [...document.querySelectorAll<HTMLElement>('main [role=tab]')].map((tab) => tab.id)
    for (const tab of tabs.length ? tabs : ['']) {
      const name = tab ? `${id} ${tab.replace('tab-', '')}` : id
      if (tab) await user.click(document.getElementById(tab) as HTMLElement)
      await waitFor(() => expect(document.querySelector('main [role=status]')?.textContent ?? '').not.toMatch(/…$/))
      await OPENED[name]?.(user)
      unfold()
      await tick()
      found.set(name, said())
    }
  }
  return found
}

describe('basic and expert', () => {
  afterEach(() => chooseMode(host(), false))

  it('the basic view names no chunk, no score, no file of a model, in any place', async () => {
    render(StaffWindow, { host: host() })
    await screen.findByLabelText('Your question')
    const found = await everywhere(userEvent.setup())
    expect([...found.keys()]).toEqual(expect.arrayContaining(['home', 'knowledge versions', 'computer plan', 'kiosk lock', 'visitors talks']))
    for (const [place, words] of found) {
      expect(words.match(new RegExp(`.{0,60}(${FOR_EXPERTS.source}).{0,60}`, 'i'))?.slice(0, 2), place).toBeUndefined()
    }
    expect(found.get('computer computer')).toMatch(/Careful[\s\S]*Balanced[\s\S]*Talkative/)
  })

  it('the expert view shows them', async () => {
    const desk = host()
    desk.office.settings.expert = true
    render(StaffWindow, { host: desk })
    await screen.findByLabelText('Your question')
    const words = [...(await everywhere(userEvent.setup())).values()].join('\n')
    for (const wanted of ['cosine', 'bm25', 'tokens', 'threads', 'SQLite', 'Passages']) expect(words).toContain(wanted)
  })
})
