// The frame of the staff window: places, going to a page by its name, basic and expert, titles and focus.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { FakeHost, type FakeOptions } from '../src/host/fake'
import { speak } from '../src/i18n/i18n.svelte'
import { chooseTheme } from '../src/shared/theme.svelte'
import { allPages, findPages, type Page } from '../src/views/staff/pages'
import { PLACES } from '../src/views/staff/places'
import StaffWindow from '../src/views/StaffWindow.svelte'
import { accessibilityProblems } from './axe'

const NOW = { isDark: false, isExpert: false, isStrong: false }

afterEach(() => chooseTheme('system'))

async function openWindow(options: FakeOptions = {}) {
  const host = new FakeHost(options)
  const { container } = render(StaffWindow, { host })
  await screen.findByLabelText('Your question')
  return { host, container, user: userEvent.setup() }
}

/** Looks a page up by its whole name and goes there. */
async function choose(user: ReturnType<typeof userEvent.setup>, page: Page) {
  await user.keyboard('{Control>}[KeyK]{/Control}')
  await user.type(await screen.findByRole('combobox', { name: 'Go to…' }), `${page.name} ${page.about}`)
  const options = screen.getAllByRole('option')
  const option = options.find((one) => one.textContent?.replace(/\s+/g, ' ').trim() === `${page.name} ${page.about}`)
  await user.click(option as HTMLElement)
}

describe('places', () => {
  it('each opens, takes the focus to its heading and names the window', async () => {
    const { user } = await openWindow({ name: 'Harbour Outfitters' })
    await waitFor(() => expect(document.title).toBe('Try it – Harbour Outfitters'))
    for (const { id } of PLACES.filter((place) => place.id !== 'try')) {
      await user.click(document.getElementById(`place-${id}`) as HTMLElement)
      const heading = await screen.findByRole('heading', { level: 1 })
      await waitFor(() => expect(document.activeElement, id).toBe(screen.getByRole('heading', { level: 1 })))
      expect(heading.textContent, id).not.toBe('')
      expect(document.title).toMatch(/^.+ – Harbour Outfitters$/)
      expect(document.getElementById(`place-${id}`)?.getAttribute('aria-current')).toBe('page')
    }
  })

  it('leave the focus alone when the window opens', async () => {
    await openWindow()
    expect(document.activeElement).toBe(document.body)
  })

  it('keep the conversation while staff looks elsewhere', async () => {
    const { user } = await openWindow()
    await user.type(screen.getByLabelText('Your question'), 'Can I bring back shoes?{Enter}')
    await screen.findByRole('article')
    await user.click(screen.getByRole('button', { name: 'Privacy' }))
    await screen.findByRole('heading', { level: 1, name: 'Privacy' })
    await user.click(screen.getByRole('button', { name: 'Try it' }))
    expect(await screen.findByRole('article')).toBeTruthy()
  })
})

describe('going to a page', () => {
  it('opens with Control and K and goes with Enter', async () => {
    const { user, container } = await openWindow()
    await user.keyboard('{Control>}[KeyK]{/Control}')
    const dialog = await screen.findByRole('dialog')
    const field = within(dialog).getByRole('combobox', { name: 'Go to…' })
    expect(await accessibilityProblems(container)).toEqual([])
    await user.type(field, 'modl')
    expect(within(dialog).getByText(/Nothing has these words/)).toBeTruthy()
    await user.clear(field)
    await user.type(field, 'models')
    expect(within(dialog).getAllByRole('option').length).toBeGreaterThan(1)
    expect(field.getAttribute('aria-activedescendant')).toBe('goto-0')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect((await screen.findByRole('tab', { name: /Models/ })).getAttribute('aria-selected')).toBe('true')
  })

  it('chooses with the arrow keys, round and round', async () => {
    const { user } = await openWindow()
    await user.click(screen.getByRole('button', { name: /Go to…/ }))
    const field = await screen.findByRole('combobox')
    field.focus()
    await user.keyboard('{ArrowUp}')
    const options = screen.getAllByRole('option')
    expect(options.at(-1)?.getAttribute('aria-selected')).toBe('true')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(options[1]?.getAttribute('aria-selected')).toBe('true')
  })

  it('finds every place, tab and piece of work by its own name, in every language of the staff', async () => {
    for (const id of ['en', 'de', 'ar']) {
      await speak(id)
      const pages = allPages(NOW)
      for (const page of pages) {
        const [first] = findPages(pages, page.name)
        expect(first?.name, `${id} ${page.name}`).toBe(page.name)
        expect(page.name).not.toMatch(/^\w+\.\w+/)
      }
    }
  })

  it('finds work by other words for it', () => {
    const wanted: [string, string][] = [
      ['new answer', 'Write a new answer'],
      ['add faq', 'Write a new answer'],
      ['kiosk', 'Start the visitors’ screen'],
      ['holidays', 'Change the opening hours'],
      ['benchmark', 'Measure this computer'],
      ['dark', 'Switch to dark'],
      ['password', 'Change the staff PIN'],
      ['delete conversations', 'Erase what visitors said'],
      ['upload pdf', 'Add documents'],
    ]
    for (const [typed, name] of wanted) expect(findPages(allPages(NOW), typed).map((page) => page.name), typed).toContain(name)
    expect(findPages(allPages({ ...NOW, isDark: true }), 'switch to').map((page) => page.name)).toContain('Switch to light')
  })

  it('every way leads to something that is there, and opens what it says', async () => {
    const { user } = await openWindow()
    for (const page of allPages(NOW)) {
      if (!('place' in page) || !page.way) continue
      const target = page.way.through.at(-1) as string
      let isPressed = false
      const notice = (event: Event) => (isPressed ||= (event.target as Element).closest(`#${target}`) !== null)
      document.addEventListener('click', notice)
      await choose(user, page)
      await waitFor(() => expect(document.getElementById(target), page.name).toBeTruthy())
      if (page.way.press || target.startsWith('tab-')) await waitFor(() => expect(isPressed, page.name).toBe(true))
      else await waitFor(() => expect(document.activeElement?.id, page.name).toBe(target))
      document.removeEventListener('click', notice)
      // What was opened must not stand in the way of the next.
      document.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }))
    }
  })

  it('switches to dark and back', async () => {
    const { user } = await openWindow()
    const find = (name: string) => allPages(NOW).find((page) => page.name === name) as Page
    await choose(user, find('Switch to dark'))
    expect(document.documentElement.dataset['theme']).toBe('dark')
    await user.keyboard('{Control>}[KeyK]{/Control}')
    await user.type(await screen.findByRole('combobox'), 'switch to light')
    await user.keyboard('{Enter}')
    expect(document.documentElement.dataset['theme']).toBe('light')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('does not mind accents or capitals', async () => {
    await speak('de')
    expect(findPages(allPages(NOW), 'begrußung anderswo')).toEqual([])
    for (const typed of ['begrüßung', 'BEGRUß', 'farben logo']) {
      const [first, ...others] = findPages(allPages(NOW), typed)
      expect(first, typed).toMatchObject({ place: 'look', name: 'Aussehen und Sprachen' })
      for (const other of others) expect(other, typed).toMatchObject({ place: 'look' })
    }
  })
})

describe('basic and expert', () => {
  it('shows figures only experts need when somebody asks, and keeps the choice', async () => {
    const { user, host } = await openWindow()
    const mode = screen.getByRole('switch', { name: 'Expert view' })
    await waitFor(() => expect(mode.getAttribute('aria-checked')).toBe('false'))
    await user.click(screen.getByRole('button', { name: 'This computer' }))
    await screen.findByText('Everything works.')
    expect(screen.queryByText('Details for somebody who helps')).toBeNull()
    await user.click(mode)
    expect(await screen.findByText('Details for somebody who helps')).toBeTruthy()
    await waitFor(() => expect(host.office.settings.expert).toBe(true))
    await user.click(mode)
    await waitFor(() => expect(host.office.settings.expert).toBe(false))
    expect(screen.queryByText('Details for somebody who helps')).toBeNull()
  })

  it('takes a choice back that could not be kept', async () => {
    const { user, host } = await openWindow()
    const { manage } = host
    host.manage = (command) => (command.do === 'change_settings' ? Promise.reject({ code: 'data_folder', message: 'no', hint: null }) : manage(command))
    const mode = screen.getByRole('switch', { name: 'Expert view' })
    await user.click(mode)
    await waitFor(() => expect(mode.getAttribute('aria-checked')).toBe('false'))
  })
})
