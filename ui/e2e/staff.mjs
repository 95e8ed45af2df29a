// Every tab, panel, dialog and empty page of the staff window on the fake desk, in every look: accessible, large enough to
// touch, nothing cut off, nothing sticking out. The pictures stay under test-results/staff.
import { findingsOf, openPages } from './pages.mjs'
import { Report } from './report.mjs'
import { cutOff, lookAtStates, tooSmall } from './states.mjs'

const report = new Report()
const pages = await openPages(4181)

/** Goes to a place, and to a tab in it. */
const go = (place, tab, wait) => async (page) => {
  // In a narrow window the places are folded away.
  if (await page.isVisible('#open-places')) await page.click('#open-places')
  await page.click(`#place-${place}`)
  await page.waitForSelector(place === 'try' ? '#question' : 'main h1')
  if (tab) await page.click(`#tab-${tab}`)
  if (wait) await page.waitForSelector(wait)
}
const then = (...steps) => async (page) => {
  for (const step of steps) await step(page)
}
const click = (css, wait) => async (page) => {
  await page.locator(css).first().click()
  await page.waitForSelector(wait)
}
const ask = (question) => async (page) => {
  await page.fill('#question', question)
  await page.press('#question', 'Enter')
  await page.waitForSelector('article[data-phase=finished]')
}
const addTable = then(go('orders', null, '#add-orders-title'), click('[aria-labelledby=add-orders-title] button', '#columns-title'))
const toStep = (step) => async (page) => {
  for (const next of ['kit', 'computer', 'pin', 'content']) {
    if (await page.locator(`[data-step=${step}]`).count()) return
    await page.click('#setup-next')
    await page.waitForSelector(`[data-step=${next}]`)
  }
}

/** Each state, how a page gets there, and what the address adds. Words of buttons differ between languages, so none is named. */
const STATES = [
  ['welcome', go('try')],
  ['answer', ask('Can I bring back boots?')],
  ['source', then(ask('Can I bring back boots?'), click('.chip', 'mark'))],
  ['why', then(ask('Can I bring back boots?'), click('.why', '[data-fate]'))],
  ['refusal', ask('What is the weather on the moon?')],
  ['order form', ask('Where is my order?')],
  ['home', go('home', null, '#good-title')],
  ['home of a new desk', go('home', null, '#next-title'), 'pause=1&empty'],
  ['home with an engine that stopped', go('home', null, '#to-do-title'), 'pause=1&failed'],
  ['answers', go('knowledge', 'answers', '[data-cell="0-0"]')],
  ['answers, none', go('knowledge', 'answers'), 'pause=1&empty'],
  ['answers, many', go('knowledge', 'answers', '[data-cell="0-0"]'), 'pause=1&faqs=10000'],
  ['an answer, edited in its place', then(go('knowledge', 'answers'), click('[data-cell="0-1"]', '[data-cell="0-1"] textarea'))],
  ['an answer, open', then(go('knowledge', 'answers'), click('[data-cell="0-5"]', '#faq-answer'))],
  ['documents', go('knowledge', 'documents', '#sources-title')],
  ['documents, none', go('knowledge', 'documents', '#sources-title'), 'pause=1&empty'],
  ['a document, about to go', then(go('knowledge', 'documents'), click('td .button', '#remove-title'))],
  ['facts', go('knowledge', 'facts', '#time-zone')],
  ['test bench', go('knowledge', 'bench', '#run-tests')],
  ['questions without an answer', go('knowledge', 'gaps', '[data-gap]')],
  ['an answer to a gap', then(go('knowledge', 'gaps'), click('[data-gap] .button', '#gap-answer'))],
  ['versions', go('knowledge', 'versions', '#version-name')],
  ['orders', go('orders', null, '#order-sources-title')],
  ['orders, none', go('orders', null, '#order-sources-title'), 'pause=1&empty'],
  ['orders, about to go', then(go('orders', null, '#order-sources-title'), click('[aria-labelledby=order-sources-title] .quiet', '#remove-orders-title'))],
  ['columns of orders', addTable],
  ['people who wait', go('visitors', 'waiting', '.rows button')],
  ['somebody who waits', then(go('visitors', 'waiting'), click('.rows li:nth-child(2) button', '#ticket-title'))],
  ['conversations', then(go('visitors', 'talks'), click('.rows li:nth-child(4) button', '#talk-title'))],
  ['conversations, about to go', then(go('visitors', 'talks', '.rows button'), click('.section-head .choices .button:last-child', '#erase-title'))],
  ['conversations, to a file', then(go('visitors', 'talks', '.rows button'), click('.section-head .choices .button:first-child', '#export-title'))],
  ['nobody was here', go('visitors', 'talks'), 'pause=1&empty&talks=0'],
  ['insights', go('insights', null, '#hours-title')],
  ['insights, none', go('insights'), 'pause=1&empty'],
  ['look', go('look', null, '#look-colour')],
  ['look with a long name', go('look', null, '#look-colour'), `pause=1&name=${'Long name '.repeat(30)}`],
  ['visitors’ screen', go('kiosk', 'screen', '#lock-title')],
  ['visitors’ screen without a PIN', go('kiosk', 'screen', '#lock-title'), 'pause=1&no-pin'],
  ['a new PIN', then(go('kiosk', 'screen', '#lock-title'), click('.starts .button', 'input[id$=-pin]'))],
  ['lock', go('kiosk', 'lock', '[data-check]')],
  ['privacy', go('privacy', null, '#kept-title')],
  ['privacy, about to go', then(go('privacy', null, '#erase-title'), click('[aria-labelledby=erase-title] .button', '#erase-ask-title'))],
  ['network', go('network')],
  ['backup', go('backup', null, '#newest-title')],
  ['what is in a backup', then(go('backup', null, '#list-title'), click('[aria-labelledby=list-title] .button', '#replace-all'))],
  ['backup, about to replace all', then(go('backup', null, '#list-title'), click('[aria-labelledby=list-title] .button', '#replace-all'), click('#replace-all', '#replace-title'))],
  ['computer', go('computer', 'computer', '#speed-title')],
  ['report', then(go('computer', 'computer', '#speed-title'), click('#open-report', 'pre'))],
  ['models', go('computer', 'models', '[data-model]')],
  ['an offer', then(go('computer', 'models', '[data-model]'), click('[data-verdict=recommended] .button', '#offer-title'))],
  ['plan', go('computer', 'plan', '#roadmap-title')],
  ['about', go('computer', 'about')],
  ['go to', click('#open-search', '#goto')],
  ['first run, language', toStep('language'), 'pause=1&new'],
  ['first run, kit', toStep('kit'), 'pause=1&new'],
  ['first run, computer', toStep('computer'), 'pause=1&new'],
  ['first run, PIN', toStep('pin'), 'pause=1&new'],
  ['first run, content', toStep('content'), 'pause=1&new'],
]

const LOOKS = [
  ['light', { viewport: { width: 1280, height: 800 } }],
  ['dark', { viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' }],
  ['contrast', { viewport: { width: 1080, height: 1920 }, contrast: 'more' }],
  ['Arabic, dark, contrast', { viewport: { width: 1280, height: 800 }, contrast: 'more', colorScheme: 'dark' }, 'language=ar'],
  ['German, narrow', { viewport: { width: 420, height: 800 } }, 'language=de'],
  ['text 200', { viewport: { width: 1280, height: 800 } }, '', [() => (document.documentElement.style.fontSize = '200%')]],
]

const LEAST = 44
await lookAtStates(report, pages, {
  entry: 'index.html',
  folder: 'staff',
  wait: '#question, #setup-next',
  least: LEAST,
  states: STATES,
  looks: LOOKS,
  wanted: process.argv[2],
})

// The looks above must be able to fail.
await report.part('control', async () => {
  const { page, close } = await pages.open('index.html', 'pause=1', { wait: '#question' })
  await page.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { textContent: 'Too small and too long for its place', className: 'control' })
    Object.assign(button.style, { inlineSize: '30px', blockSize: '20px', overflow: 'hidden', whiteSpace: 'nowrap' })
    const pale = Object.assign(document.createElement('p'), { textContent: 'Hardly to be read' })
    Object.assign(pale.style, { color: '#ddd', background: '#eee' })
    document.querySelector('main h1').after(button, pale)
  })
  report.check('control: a small target is noticed', (await tooSmall(page, LEAST)).some((problem) => problem.startsWith('control')))
  report.check('control: words that are cut off are noticed', (await cutOff(page)).some((problem) => problem.includes('Too small')))
  report.check('control: a lack of contrast is noticed', (await findingsOf(page)).some((problem) => problem.startsWith('color-contrast')))
  await close()
})

await pages.close()
report.end()
