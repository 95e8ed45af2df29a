// Feels instant: long lists keep few elements and scroll with the screen, and nothing moves while an answer is written. Elements and
// moved places are checked; times depend on the computer and are written to test-results/smooth/times.json.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPages } from './pages.mjs'
import { RESULTS } from './programs.mjs'
import { Report } from './report.mjs'

const ANSWERS = 10_000
// Asking so many takes minutes: all of them with the word `all`.
const QUESTIONS = process.argv[2] === 'all' ? 2_500 : 500
const MOST_ELEMENTS = 2_500
const report = new Report()
const folder = join(RESULTS, 'smooth')
mkdirSync(folder, { recursive: true })
const pages = await openPages(4180)
const times = {}

/** Scrolls from one end to the other in `steps` and says how long each frame took and how many elements there were at most. */
const scrollThrough = (page, css, steps) =>
  page.evaluate(
    async ([selector, count]) => {
      const scroller = document.querySelector(selector)
      const frame = () => new Promise((next) => requestAnimationFrame(next))
      const end = scroller.scrollHeight - scroller.clientHeight
      const frames = []
      let elements = 0
      let empty = 0
      const begin = scroller.scrollTop > end / 2 ? end : 0
      await frame()
      for (let step = 1; step <= count; step++) {
        const before = performance.now()
        scroller.scrollTop = Math.abs(begin - (end * step) / count)
        await frame()
        await frame()
        frames.push((performance.now() - before) / 2)
        elements = Math.max(elements, document.querySelectorAll('*').length)
        const box = scroller.getBoundingClientRect()
        const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
        if (!middle || !scroller.contains(middle) || (middle.textContent ?? '').trim() === '') empty++
      }
      return { frames, elements, empty, end }
    },
    [css, steps],
  )

function percentiles(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1))
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1), frames: sorted.length }
}

function note(name, values) {
  times[name] = percentiles(values)
  console.log(`     ${name}: p50 ${times[name].p50} ms, p95 ${times[name].p95} ms, p99 ${times[name].p99} ms`)
}

// From the touch to the frame after the page has its title; the first time a page is also fetched.
await report.part('every place', async () => {
  const { page, troubles, close } = await pages.open('index.html', 'pause=1', { wait: '#place-home' })
  const opened = await page.evaluate(async () => {
    const took = { first: [], again: [] }
    for (const round of ['first', 'again']) {
      for (const place of document.querySelectorAll('[id^=place-]')) {
        if (place.getAttribute('aria-current') === 'page') continue
        const left = document.querySelector('main h1')
        const before = performance.now()
        place.click()
        await new Promise((done) => {
          const look = () => {
            const title = document.querySelector('main h1')
            requestAnimationFrame(title && title !== left ? done : look)
          }
          look()
        })
        took[round].push(performance.now() - before)
      }
    }
    return took
  })
  report.check('all places open', opened.again.length > 10, opened.again.length)
  note('a place, the first time', opened.first)
  note('a place, again', opened.again)
  report.check('nothing went wrong', troubles.length === 0, troubles.join('; '))
  await close()
})

await report.part('10,000 approved answers', async () => {
  const { page, troubles, close } = await pages.open('index.html', `pause=1&faqs=${ANSWERS}`, { wait: '#place-knowledge' })
  const opened = Date.now()
  await page.click('#place-knowledge')
  await page.waitForSelector('[data-cell="0-0"]')
  times['page of 10,000 answers, in ms'] = Date.now() - opened
  const rows = await page.getAttribute('[role=grid]', 'aria-rowcount')
  report.check('all of them are in the grid', Number(rows) > ANSWERS, rows)
  const { frames, elements, empty, end } = await scrollThrough(page, '.table-card', 200)
  report.check(`at most ${MOST_ELEMENTS} elements, however far one scrolls`, elements <= MOST_ELEMENTS, elements)
  report.check('there is a row wherever one looks', empty === 0 && end > 100_000, `${empty} empty views, ${end} pixels`)
  note('a frame while 10,000 answers scroll', frames)
  report.check('nothing went wrong', troubles.length === 0, troubles.join('; '))
  await close()
})

await report.part(`${2 * QUESTIONS} messages`, async () => {
  const { page, troubles, close } = await pages.open('kiosk.html', 'pause=-1&idle=3000&no-keyboard', { wait: '#ask-me' })
  await page.click('#ask-me')
  await page.waitForSelector('#question')
  const asked = await page.evaluate(async (count) => {
    const field = document.querySelector('#question')
    const turn = () => new Promise((next) => requestAnimationFrame(next))
    const took = []
    for (let n = 1; n <= count; n++) {
      const begun = performance.now()
      field.value = n % 3 ? `When do you open? ${n}` : `Can I bring back boots? ${n}`
      field.dispatchEvent(new Event('input', { bubbles: true }))
      for (let wait = 0; wait < 400 && document.querySelector('#send')?.disabled !== false; wait++) await turn()
      field.form.requestSubmit()
      for (let wait = 0; wait < 400 && document.querySelectorAll('ol > li').length < n; wait++) await turn()
      took.push(performance.now() - begun)
    }
    return took
  }, QUESTIONS)
  await page.waitForTimeout(500)
  const drawn = await page.evaluate(() => document.querySelectorAll('ol > li').length)
  report.check(`the conversation holds ${QUESTIONS} questions and their answers`, drawn === QUESTIONS, drawn)
  note('a question among the first 100', asked.slice(0, 100))
  note('a question among the last 100', asked.slice(-100))
  const { frames, elements, empty, end } = await scrollThrough(page, '.chat .scroller', 200)
  // Every message keeps its place; only those near the screen keep what is in them.
  report.check(`at most ${MOST_ELEMENTS} elements besides the places`, elements - QUESTIONS <= MOST_ELEMENTS, elements)
  report.check('there are words wherever one looks', empty <= 2 && end > 40 * QUESTIONS, `${empty} empty views, ${end} pixels`)
  note(`a frame while ${2 * QUESTIONS} messages scroll`, frames)
  report.check('nothing went wrong', troubles.length === 0, troubles.join('; '))
  await close()
})

/** Sum of all places that moved by themselves since the page began to look. */
const watchMoves = (page) =>
  page.evaluate(() => {
    window.moves = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const who = entry.sources.map(({ node, previousRect: a, currentRect: b }) => `${node?.nodeName ?? '?'}.${node?.className ?? ''} ${Math.round(a.x)},${Math.round(a.y)}→${Math.round(b.x)},${Math.round(b.y)}`)
        window.moves.push({ value: entry.value, who })
      }
    }).observe({ type: 'layout-shift', buffered: false })
  })

await report.part('while an answer is written', async () => {
  for (const [name, options, query = ''] of [
    ['1280x800', { viewport: { width: 1280, height: 800 } }],
    ['1920x1080', { viewport: { width: 1920, height: 1080 } }],
    ['portrait', { viewport: { width: 1080, height: 1920 } }],
    ['portrait Arabic', { viewport: { width: 1080, height: 1920 } }, '&language=ar'],
    ['low reach', { viewport: { width: 1920, height: 1080 } }, '&low-reach'],
  ]) {
    const { page, close } = await pages.open('kiosk.html', `pause=25${query}`, { ...options, wait: '#ask-me' })
    await page.keyboard.press('w')
    await page.waitForSelector('#question')
    const words = []
    for (const [at, question] of ['Tell me about the workshop', 'Can I bring back boots?', 'What is the weather on the moon?'].entries()) {
      await page.fill('#question', question)
      await page.press('#question', 'Enter')
      // The question itself makes room at once; from then on nothing moves.
      await page.waitForFunction((n) => document.querySelectorAll('article').length > n, at)
      await page.waitForTimeout(150)
      if (at === 0) await watchMoves(page)
      else await page.evaluate(() => (window.moves.length = 0))
      await page.waitForFunction((n) => document.querySelectorAll('article[data-phase=finished]').length > n, at)
      await page.waitForTimeout(400)
      words.push(...(await page.evaluate(() => window.moves)))
    }
    const sum = words.reduce((total, { value }) => total + value, 0)
    report.check(`nothing moves by itself: ${name}`, sum === 0, `${sum.toFixed(4)}: ${words.flatMap(({ who }) => who).slice(0, 4).join(' | ')}`)
    await close()
  }
})

// The look above must be able to fail.
await report.part('control', async () => {
  const { page, close } = await pages.open('kiosk.html', 'pause=1', { wait: '#ask-me' })
  await watchMoves(page)
  await page.waitForTimeout(600)
  await page.evaluate(() => {
    const block = document.createElement('div')
    block.style.blockSize = '200px'
    document.querySelector('#page').prepend(block)
  })
  await page.waitForTimeout(400)
  report.check('control: a page that moves is noticed', (await page.evaluate(() => window.moves.length)) > 0)
  await close()
})

writeFileSync(join(folder, 'times.json'), `${JSON.stringify(times, null, 2)}\n`)
await pages.close()
report.end()
