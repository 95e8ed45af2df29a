// Whole visits by keyboard alone, on the fake desk in Chromium: no pointer is ever used, and every stop can be seen.
import { openPages } from './pages.mjs'
import { until } from './programs.mjs'
import { Report } from './report.mjs'

const MOST_STOPS = 60
const report = new Report()
const pages = await openPages(4179)

/** What has the focus, in words. */
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement
    return { id: one?.id ?? '', name: one?.getAttribute('aria-label') ?? one?.textContent?.trim().slice(0, 60) ?? '', css: `${one?.localName}.${one?.className}` }
  })

/** Whether the focus shows: an outline, or the frame around the field. */
const isSeen = (page) =>
  page.evaluate(() => {
    const one = document.activeElement
    const shows = (element) => getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) > 0
    return one === document.body || shows(one) || shows(one.parentElement) || /^h\d$/i.test(one.localName)
  })

/** Goes on with Tab (or back) until `isThere`; every stop on the way must be seen and lie on the screen. */
async function goTo(page, what, isThere, key = 'Tab') {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    const at = await focused(page)
    if (isThere(at)) return at
    await page.keyboard.press(key)
    if (!(await isSeen(page))) report.check(`the focus is seen on the way to ${what}`, false, JSON.stringify(await focused(page)))
  }
  throw new Error(`${what} is not reached by ${key}; the focus is at ${JSON.stringify(await focused(page))}`)
}

const byId = (id) => (at) => at.id === id
const byName = (pattern) => (at) => pattern.test(at.name)

async function type(page, words) {
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}
const answered = (page, count) => page.waitForFunction((n) => document.querySelectorAll('article[data-phase=finished]').length >= n, count)
const language = (page) => page.evaluate(() => document.documentElement.lang)

async function openKiosk(query = '', options = {}) {
  const opened = await pages.open('kiosk.html', `pause=1&${query}`, { wait: '.topics .button', ...options })
  // A pointer must play no part: whoever uses one is found out.
  await opened.page.evaluate(() => addEventListener('pointerdown', () => (window.pointed = true), true))
  return opened
}

await report.part('ask, read the source, rate', async () => {
  const { page, troubles, close } = await openKiosk()
  await goTo(page, '“Ask me”', byId('ask-me'))
  await page.keyboard.press('Enter')
  await until('the field', async () => (await focused(page)).id === 'question')
  report.check('the field has the focus at once', true)
  await type(page, 'Can I bring back boots?')
  await answered(page, 1)
  await goTo(page, 'a source', (at) => at.css.includes('chip'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForSelector('mark')
  await until('the title', async () => /Returns/.test((await focused(page)).name))
  report.check('the passage opens, and its title has the focus', true)
  await page.keyboard.press('Escape')
  await page.waitForSelector('mark', { state: 'detached' })
  await until('the chip again', async () => (await focused(page)).css.includes('chip'))
  report.check('Escape closes it and gives the focus back', true)
  await goTo(page, 'the thumb', byName(/^This answer helped/))
  await page.keyboard.press('Space')
  await page.waitForSelector('.actions [aria-pressed=true]')
  await goTo(page, 'taking along', byName(/Take it with you/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('svg[role=img]')
  await page.keyboard.press('Escape')
  await page.waitForSelector('svg[role=img]', { state: 'detached' })
  report.check('an answer is taken along and put away', byName(/Take it with you/)(await focused(page)), JSON.stringify(await focused(page)))
  await goTo(page, 'the field', byId('question'))
  await type(page, 'When do you open?')
  await answered(page, 2)
  report.check('the next question is asked', true)
  report.check('no pointer was used, and nothing went wrong', !(await page.evaluate(() => window.pointed)) && troubles.length === 0, troubles.join('; '))
  await close()
})

await report.part('an order', async () => {
  const { page, close } = await openKiosk()
  await goTo(page, 'a topic', byName(/^My order/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('[name=number]')
  await goTo(page, 'the number', (at) => at.id.endsWith('-number'), 'Shift+Tab')
  await page.keyboard.type('HO-104106')
  await goTo(page, 'the proof', (at) => at.id.endsWith('-proof'))
  await type(page, 'test@example.org')
  await page.waitForSelector('dl')
  await until('the order', async () => /HO-104106/.test((await focused(page)).name))
  report.check('the order is shown and has the focus', true)
  await goTo(page, '“Show it longer”', byName(/^Show it longer/))
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.body.textContent.includes('one more minute'))
  await goTo(page, '“Hide”', byName(/^Hide$/), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForSelector('dl', { state: 'detached' })
  report.check('it stays longer and is hidden by keys', true)
  await close()
})

await report.part('language, text size, contrast, start over', async () => {
  const { page, close } = await openKiosk()
  await page.keyboard.press('w')
  await page.waitForSelector('#question')
  await goTo(page, 'the language', byId('language'))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#language-title')
  await goTo(page, 'العربية', byName(/العربية/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('html[dir=rtl]')
  report.check('the language is changed, and the focus is back at its button', (await focused(page)).id === 'language', JSON.stringify(await focused(page)))
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
  const before = await size()
  await goTo(page, 'the largest text', (at) => /\blargest\b/.test(at.css))
  await page.keyboard.press('Space')
  report.check('text grows to twice its size', (await size()) === 2 * before, `${before} to ${await size()}`)
  await goTo(page, 'the contrast', byId('contrast'))
  await page.keyboard.press('Space')
  report.check('contrast is chosen', (await page.evaluate(() => document.documentElement.dataset.contrast)) === 'more')
  await goTo(page, 'start over', byId('start-over'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await until('English', async () => (await language(page)) === 'en')
  report.check('starting over brings language and size back', (await size()) === before)
  await close()
})

await report.part('a person', async () => {
  const { page, close } = await openKiosk()
  await page.keyboard.press('w')
  await page.waitForSelector('#question')
  await goTo(page, 'a person', byId('person'))
  await page.keyboard.press('Enter')
  await until('the panel', async () => (await focused(page)).id === 'person-title')
  await goTo(page, 'the name', byId('person-contact'))
  await page.keyboard.type('Ada, table 4')
  await goTo(page, 'what it is about', byId('person-note'))
  await type(page, 'A zip')
  await page.waitForSelector('#ticket')
  await goTo(page, 'the way back', byName(/^Back to my questions/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#question', { state: 'visible' })
  report.check('staff are called and the questions are back, by keys', true)
  await close()
})

await report.part('time', async () => {
  const { page, close } = await openKiosk('idle=2&warning=20')
  await page.keyboard.press('w')
  await page.waitForSelector('#question')
  await page.keyboard.type('half a quest')
  for (let times = 1; times <= 2; times++) {
    await page.waitForSelector('#still-title')
    report.check(`“Yes” has the focus when time runs out, ${times}`, byName(/^Yes, go on/)(await focused(page)), JSON.stringify(await focused(page)))
    // Looking at the other button is no answer.
    await page.keyboard.press('Shift+Tab')
    report.check('moving between the two answers nothing', (await page.locator('#still-title').count()) === 1)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#still-title', { state: 'detached' })
  }
  report.check('nothing was lost by it', (await page.inputValue('#question')) === 'half a quest', await page.inputValue('#question'))
  await page.waitForSelector('#still-title')
  await page.keyboard.press('Escape')
  await page.waitForSelector('#still-title', { state: 'detached' })
  report.check('Escape goes on too', true)
  await page.waitForSelector('#still-title')
  await goTo(page, '“No”', byName(/^No, I am done/))
  await page.keyboard.press('Enter')
  await page.waitForSelector('#ask-me')
  report.check('“No” ends the visit', true)
  await close()
})

await report.part('staff leave', async () => {
  const { page, close } = await openKiosk()
  await page.keyboard.press('Control+Alt+Shift+L')
  await page.waitForSelector('#pin-title')
  await page.keyboard.type('111111')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /That was not it/.test(document.body.textContent))
  await page.keyboard.type('246810')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#closed-title')
  report.check('the PIN is typed on keys, wrong and right', true)
  await close()
})

await report.part('right to left', async () => {
  const { page, close } = await openKiosk('language=ar')
  await goTo(page, '“Ask me”', byId('ask-me'))
  await page.keyboard.press('Enter')
  await until('the field', async () => (await focused(page)).id === 'question')
  await type(page, 'boots')
  await answered(page, 1)
  await goTo(page, 'a source', (at) => at.css.includes('chip'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.waitForSelector('mark')
  await page.keyboard.press('Escape')
  report.check('a visit in Arabic works by keys', (await page.locator('mark').count()) === 0)
  await close()
})

await pages.close()
report.end()
