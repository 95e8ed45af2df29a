// Whatever anybody writes is only text: over 300 payloads in every place that shows somebody's own words, in the real pages.
import { PAYLOADS, LOADING } from './payloads.mjs'
import { openPages } from './pages.mjs'
import { Report } from './report.mjs'

const report = new Report()
const began = Date.now()
const pages = await openPages(4177)

/**
 * Runs in the page before everything else: tools to work it without a pointer, and a look at what is there.
 * Everything lies below one name, so that a page that meddles with it is noticed.
 */
function tools(loading) {
  const until = async (what, look) => {
    for (const end = Date.now() + 15_000; Date.now() < end; ) {
      const found = look()
      if (found) return found
      await new Promise((next) => setTimeout(next, 3))
    }
    throw new Error(`gave up waiting for ${what}`)
  }
  const one = (css) => document.querySelector(css)
  const there = (css) => until(css, () => one(css))
  const gone = (css) => until(`the end of ${css}`, () => !one(css))
  const press = async (css) => (await there(css)).click()
  const write = async (css, text) => {
    const field = await there(css)
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
    return field
  }
  const ask = async (question) => {
    const before = document.querySelectorAll('article').length
    const field = await write('#question', question)
    await until('the button', () => !one('#send')?.disabled)
    field.form.requestSubmit()
    await until('the answer', () => document.querySelectorAll('article[data-phase=finished]').length > before)
  }
  const letters = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
  const NEVER = 'script iframe frame object embed img picture video audio source track link base meta template marquee math style noscript portal foreignObject animate set image'
  const never = new Set(NEVER.toLowerCase().split(' '))

  /** What is wrong on the page; `say` must be seen on it, or nothing was tried. */
  const look = (say) => {
    const problems = []
    const root = one('#page')
    // The window's own way past its rail leads nowhere else.
    const isOwn = (link) => link.matches('a[href="#stage"]')
    for (const element of document.body.querySelectorAll('#page *, #page ~ *, dialog *')) {
      if (isOwn(element)) continue
      const name = element.localName.toLowerCase()
      if (never.has(name)) problems.push(`<${name}>`)
      for (const attribute of element.attributes) {
        if (attribute.name.startsWith('on') || loading.includes(attribute.name)) problems.push(`${attribute.name} on <${name}>`)
      }
    }
    if (document.images.length + [...document.links].filter((link) => !isOwn(link)).length + document.embeds.length + frames.length) problems.push('a picture, link or frame')
    if ('__hit' in window) problems.push('it ran')
    const fields = [...root.querySelectorAll('input, textarea')].map((field) => field.value)
    if (!letters([root.textContent, ...fields].join(' ')).includes(letters(say).slice(0, 14))) problems.push('it is not there')
    return problems
  }
  Object.assign(window, { tried: { until, one, there, gone, press, write, ask, look } })
}

/** Steps in a page, each with the places that its words stand in. A step leaves the page as the next one wants it. */
const KIOSK = [
  ['a question and a refusal with questions to tap', async (say, { one, press, gone, ask }) => {
    await press('#start-over')
    await gone('article')
    await ask(say)
    return one('#page')
  }],
  ['an answer, its label and the titles of its sources', (say, { ask }) => ask(`${say} boots`)],
  ['a passage of a document, with its file’s name', async (_say, { press, there }) => {
    await press('article:last-of-type .chip, li:last-child .chip')
    await there('.panel .square, dialog .square')
  }],
  ['the form of an order', async (say, { press, gone, ask }) => {
    await press('.panel .square, dialog .square')
    await gone('.panel .square, dialog .square')
    await ask(`${say} HO-104106`)
  }],
  ['the fields of an order', async (_say, { write, there }) => {
    await write('li:last-child input[name=number]', 'HO-104106')
    const field = await write('li:last-child input[name=proof]', 'test@example.org')
    field.form.requestSubmit()
    await there('li:last-child dl')
  }],
  ['words to take along', async (_say, { press, there }) => {
    await press('li:has(.chip) .actions .button:last-of-type')
    await there('.paper')
  }],
  ['a person, and what staff were told', async (_say, { press, gone, there }) => {
    await press('dialog .primary')
    await gone('.paper')
    await press('#person')
    await there('#person-contact')
  }],
  ['the number of a ticket', async (say, { write, press, there }) => {
    await write('#person-contact', say)
    await write('#person-note', say)
    await press('#call-person')
    await there('#ticket')
  }],
]
const STAFF = [
  ['approved answers', async (_say, { press, there }) => {
    await press('#place-knowledge')
    await there('[data-cell="0-0"]')
  }],
  ['names of files', async (_say, { press, there }) => {
    await press('#tab-documents')
    await there('#panel-documents td, td')
  }],
  ['questions nobody could answer', async (_say, { press, there }) => {
    await press('#tab-gaps')
    await there('[data-gap]')
  }],
  ['people who wait', async (_say, { press, there }) => {
    await press('#place-visitors')
    await there('.rows button')
    await press('.rows li:nth-child(2) button')
    await there('#ticket-title')
  }],
  ['conversations', async (_say, { press, there }) => {
    await press('#tab-talks')
    await there('.rows li:nth-child(4) button')
    await press('.rows li:nth-child(4) button')
    await there('#talk-title')
  }],
  ['the look, with the name of the shop and its welcome', async (_say, { press, there }) => {
    await press('#place-look')
    await there('#look-colour')
  }],
  ['sources of orders', async (_say, { press, there }) => {
    await press('#place-orders')
    await there('main h1')
  }],
  ['the first page', async (_say, { press, there }) => {
    await press('#place-home')
    await there('main h1')
  }],
]
/** Pages that need not hold the words: they show them only where there are some. */
const MAY_BE_SILENT = new Set(['sources of orders', 'the first page'])

async function tryAll(name, file, query, steps, begin) {
  const { page, troubles, close } = await pages.open(file, query)
  await page.evaluate(`(${tools})(${JSON.stringify(LOADING)})`)
  // As a script of the driver's: the policy lets a page make none of a text.
  await page.evaluate(`window.steps = [${steps.map(([step, act]) => `[${JSON.stringify(step)}, ${act}]`)}]`)
  await begin(page)
  const address = page.url()
  const problems = new Map(steps.map(([step]) => [step, []]))
  for (const payload of PAYLOADS) {
    const found = await page.evaluate(
      async ([say, silent]) => {
        window.say = say
        const all = []
        for (const [step, act] of window.steps) {
          await act(say, window.tried)
          // Everything that waits for the next frame is there after it.
          await new Promise((next) => setTimeout(next, 0))
          all.push([step, window.tried.look(say).filter((problem) => !silent.includes(step) || problem !== 'it is not there')])
        }
        return all
      },
      [payload, [...MAY_BE_SILENT]],
    )
    for (const [step, wrong] of found) if (wrong.length) problems.get(step).push(`${payload}: ${wrong.join(', ')}`)
  }
  for (const [step, wrong] of problems) report.check(`${PAYLOADS.length} payloads are only text: ${step}`, wrong.length === 0, `${wrong.length}, such as ${wrong.slice(0, 3).join(' | ')}`)
  report.check(`the ${name} stays where it is`, page.url() === address, page.url())
  report.check(`the ${name} asks nobody else for anything and reports nothing`, troubles.length === 0, troubles.slice(0, 3).join('; '))
  await close()
}

report.check('there are 300 payloads and more', PAYLOADS.length >= 300, PAYLOADS.length)

// Each in a page of its own, side by side.
const visitors = report.part('visitors', () =>
  tryAll('visitors’ page', 'kiosk.html', 'pause=-1&idle=600&no-keyboard&say=', KIOSK, async (page) => {
    await page.click('#ask-me')
    await page.waitForSelector('#question')
  }),
)

const staff = report.part('staff', () =>
  tryAll('staff window', 'index.html', 'pause=-1&say=', STAFF, (page) => page.waitForSelector('#place-knowledge', { state: 'attached' })),
)

const waiting = report.part('the waiting screen', async () => {
  const { page, troubles, close } = await pages.open('kiosk.html', 'pause=-1&say=', { wait: '#ask-me' })
  const wrong = []
  for (const payload of PAYLOADS) {
    await page.goto(`${pages.base}kiosk.html?fake&pause=-1&say=${encodeURIComponent(payload)}`)
    await page.evaluate(`(${tools})(${JSON.stringify(LOADING)})`)
    const found = await page.evaluate(async (say) => {
      await window.tried.there('.topics .button')
      return window.tried.look(say)
    }, payload)
    if (found.length) wrong.push(`${payload}: ${found.join(', ')}`)
    if ((await page.title()) === '') wrong.push(`${payload}: no title`)
  }
  report.check(`${PAYLOADS.length} payloads are only text: the name of the shop, its welcome and its topics`, wrong.length === 0, `${wrong.length}, such as ${wrong.slice(0, 3).join(' | ')}`)
  report.check('the waiting screen asks nobody else for anything and reports nothing', troubles.length === 0, troubles.slice(0, 3).join('; '))
  await close()
})

await Promise.all([visitors, staff, waiting])

// The tests above must be able to fail.
await report.part('control', async () => {
  const { page, close } = await pages.open('kiosk.html', 'pause=-1', { wait: '#ask-me' })
  await page.evaluate(`(${tools})(${JSON.stringify(LOADING)})`)
  const seen = await page.evaluate(async () => {
    const refused = new Promise((done) => document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => effectiveDirective === 'img-src' && done(effectiveDirective)))
    const holder = document.createElement('div')
    holder.innerHTML = '<img src="http://127.0.0.1:9/x.png" onerror="window.__hit=1">'
    document.querySelector('#page').append(holder)
    return { refused: await refused, problems: window.tried.look('Harbour Outfitters') }
  })
  report.check('control: a picture that gets in is noticed', seen.problems.some((problem) => problem.includes('<img>')) && seen.problems.some((problem) => problem.includes('onerror')), seen.problems.join())
  report.check('control: the policy refuses it', seen.refused === 'img-src', seen.refused)
  report.check('control: its handler does not run', !(await page.evaluate(() => '__hit' in window)))
  await close()
})

await pages.close()
console.log(`     the whole took ${((Date.now() - began) / 1000).toFixed(0)} s`)
report.end()
