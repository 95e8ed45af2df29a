// The work of staff by keyboard alone, on the fake desk in Chromium: no pointer is ever used, and every stop can be seen.
import { byId, byName, focused, goingWith, type, wasPointed, watchPointer } from './keys.mjs'
import { openPages } from './pages.mjs'
import { until } from './programs.mjs'
import { Report } from './report.mjs'

const report = new Report()
const goTo = goingWith(report)
const pages = await openPages(4182)
const byCell = (cell) => (at) => at.cell === cell
const gone = (page, css) => page.waitForSelector(css, { state: 'detached' })
const focusAt = (page, what, isThere) => until(`the focus at ${what}`, async () => isThere(await focused(page)), 3_000)

async function openDesk(query = '', options = {}) {
  const opened = await pages.open('index.html', `pause=1&${query}`, { wait: '#question, #setup-next', ...options })
  await watchPointer(opened.page)
  const close = async (name) => {
    report.check(`no pointer was used, and nothing went wrong: ${name}`, !(await wasPointed(opened.page)) && opened.troubles.length === 0, opened.troubles.join('; '))
    await opened.close()
  }
  return { page: opened.page, close }
}

/** By its name, as somebody does who knows the window. */
async function goToPage(page, words, wait) {
  await page.keyboard.press('Control+K')
  await page.waitForSelector('#goto')
  await type(page, words)
  await page.waitForSelector(wait)
}

await report.part('an answer: written, approved, changed, taken back', async () => {
  const { page, close } = await openDesk()
  await goToPage(page, 'write an answer', '#faq-question')
  await goTo(page, 'the question', byId('faq-question'))
  await page.keyboard.type('Is there a cloakroom?')
  await goTo(page, 'the answer', byId('faq-answer'))
  await page.keyboard.type('Yes, behind the till.')
  await goTo(page, '“Save”', byName(/^Save/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-status=draft] >> text=Is there a cloakroom?')
  report.check('a new answer is a draft', true)
  await page.keyboard.press('Escape')

  // In the grid one stop of Tab leads in, and arrows lead on.
  await goTo(page, 'the grid', (at) => at.cell !== '')
  for (let n = 0; n < 6; n++) await page.keyboard.press('PageUp')
  await page.keyboard.press('Control+Home')
  await focusAt(page, 'its first cell', byCell('0-0'))
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-cell="0-1"] textarea')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('From nine to six.')
  await page.keyboard.press('Enter')
  // What is live waits for approval, a draft just changes.
  await page.waitForSelector('[data-faq] >> text=/From nine to six|New text waits/')
  await focusAt(page, 'the cell again', byCell('0-1'))
  report.check('a text is changed in its place, and the focus stays there', true)
  await goTo(page, '“Undo”', byName(/^Undo/), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await gone(page, '[data-faq] >> text=/From nine to six|New text waits/')
  report.check('and it is taken back', true)
  await close('answers')
})

await report.part('a question without an answer', async () => {
  const { page, close } = await openDesk()
  await goToPage(page, 'questions without', '[data-gap]')
  await goTo(page, '“Write the answer”', byName(/^Write an answer to/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#gap-answer')
  await focusAt(page, 'what opened', (at) => /^(h2|input|textarea)/.test(at.css))
  await goTo(page, 'the answer', byId('gap-answer'))
  await page.keyboard.type('Yes, in our workshop, from £12.')
  await goTo(page, '“Publish”', byName(/^(Publish|Answer)/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('.outcome')
  report.check('the answer is live, and what came of it is told', true)
  await close('gaps')
})

await report.part('a document goes and comes back', async () => {
  const { page, close } = await openDesk()
  await goToPage(page, 'documents', '#sources-title')
  await goTo(page, '“Remove”', byName(/^Remove /))
  const { name } = await focused(page)
  await page.keyboard.press('Enter')
  await page.waitForSelector('#remove-title')
  await page.keyboard.press('Escape')
  await gone(page, '#remove-title')
  await focusAt(page, '“Remove” again', (at) => at.name === name)
  report.check('Escape removes nothing and gives the focus back', true)
  await page.keyboard.press('Enter')
  await page.waitForSelector('#remove-title')
  await goTo(page, 'the red button', (at) => at.css.includes('danger'))
  await page.keyboard.press('Enter')
  await gone(page, '#remove-title')
  await goTo(page, '“Undo”', byName(/^Undo/), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForFunction((words) => [...document.querySelectorAll('td button')].some((one) => one.getAttribute('aria-label') === words), name)
  report.check('what was removed is back', true)
  await close('documents')
})

await report.part('somebody who waits', async () => {
  const { page, close } = await openDesk()
  await goToPage(page, 'waiting', '.rows button')
  await goTo(page, 'a person', (at) => at.css.startsWith('button') && /2/.test(at.name) && !/tab|place/.test(at.id))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#ticket-title')
  await goTo(page, 'taking over, or the reply', (at) => at.css.includes('primary') || at.id === 'reply')
  if ((await focused(page)).id !== 'reply') {
    await page.keyboard.press('Enter')
    await page.waitForSelector('#reply')
    await goTo(page, 'the reply', byId('reply'))
  }
  await page.keyboard.type('I am coming.')
  await goTo(page, '“Send the reply”', byName(/^Send the reply/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('.said >> text=I am coming.')
  report.check('a visitor is taken over and gets a reply', true)
  await close('visitors')
})

await report.part('orders from a file', async () => {
  const { page, close } = await openDesk('empty')
  await goToPage(page, 'orders', '#add-orders-title')
  await goTo(page, '“Choose a file”', byName(/^Choose a file/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#columns-title')
  await goTo(page, 'the last button', (at) => at.css.includes('primary'))
  await page.keyboard.press('Enter')
  await page.waitForSelector('text=Visitors can ask for 200 orders.')
  report.check('orders are set up by keys', true)
  await close('orders')
})

await report.part('the tabs, and the PIN', async () => {
  const { page, close } = await openDesk('no-pin')
  await goToPage(page, 'visitors’ screen', '#lock-title')
  await goTo(page, 'the tabs', byId('tab-screen'))
  await page.keyboard.press('ArrowRight')
  await page.waitForSelector('#panel-lock')
  await focusAt(page, 'the next tab', byId('tab-lock'))
  await page.keyboard.press('ArrowLeft')
  await page.waitForSelector('#panel-screen')
  await goTo(page, 'the PIN', (at) => at.id.endsWith('-pin'))
  await page.keyboard.type('864209')
  await page.keyboard.press('Tab')
  await type(page, '864209')
  await page.waitForSelector('#sheet-title')
  await goTo(page, '“I wrote it down”', byName(/^I wrote it down/))
  await page.keyboard.press('Enter')
  await gone(page, '#sheet-title')
  await page.waitForSelector('text=A PIN is set')
  report.check('a PIN is set, and its recovery code put away', true)
  await close('PIN')
})

await report.part('the first run', async () => {
  const { page, close } = await openDesk('new')
  for (const step of ['kit', 'computer', 'pin', 'content']) {
    if (step === 'computer') {
      await goTo(page, 'a kit', (at) => at.css.startsWith('input'))
      await page.keyboard.press('ArrowDown')
    }
    await goTo(page, '“Next”', byId('setup-next'))
    await page.keyboard.press('Enter')
    await page.waitForSelector(`[data-step=${step}]`)
  }
  await goTo(page, 'the end', byId('setup-next'))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#question')
  report.check('it ends in a chat, by keys alone', true)
  await close('first run')
})

await pages.close()
report.end()
