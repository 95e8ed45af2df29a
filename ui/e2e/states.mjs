// Many states of one page in many looks: accessible, large enough to touch, nothing cut off, covered or sticking out. Two pages
// at a time, which is what two cores carry. A picture of each stays under test-results.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findingsOf, overhang } from './pages.mjs'
import { RESULTS } from './programs.mjs'

const AT_ONCE = 2
/** Without the word `all`, each state is seen in every third look, and each look in a third of the states. */
const EVERY = 3

/**
 * Looks at every state in looks that take turns, or in all of them (`wanted` is `all`), or at those whose name contains `wanted`. A state is its name, how a page gets there, and its part of the address; a look is its name, the
 * window's options, what the address adds, and what is done to the page before (`prepare`).
 */
export async function lookAtStates(report, pages, { entry, folder, wait, least, states, looks, wanted }) {
  const pictures = join(RESULTS, folder)
  mkdirSync(pictures, { recursive: true })
  const jobs = looks.flatMap((look, row) => states.map((state, column) => ({ look, state, name: `${state[0]}; ${look[0]}`, isTurn: (row + column) % EVERY === 0 })))
  const left = jobs.filter(({ name, isTurn }) => (wanted ? wanted === 'all' || name.includes(wanted) : isTurn))
  const work = async () => {
    for (let job = left.shift(); job; job = left.shift()) await lookAt(job)
  }
  const lookAt = async ({ name, look: [, options, query = '', prepare], state: [, reach, own = 'pause=1'] }) => {
    const { page, troubles, close } = await pages.open(entry, [own, query].filter(Boolean).join('&'), { ...options, wait })
    try {
      if (prepare) await page.evaluate(...prepare)
      await reach(page)
      await page.waitForTimeout(250)
      const found = [...(await findingsOf(page)), ...(await tooSmall(page, least)), ...(await cutOff(page)), ...troubles]
      const wide = await overhang(page)
      if (wide > 0) found.push(`sticks out by ${wide} pixels`)
      report.check(name, found.length === 0, found.join('; '))
    } catch (error) {
      report.check(name, false, error.message)
    }
    await page.screenshot({ path: join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`) })
    await close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/**
 * Interactive parts smaller than `least` pixels, in words. A box or a button of choice counts with its label; the numbers behind sentences
 * stand in running text, and each of them has a chip of full size below; a letter on the screen may be narrower.
 */
export const tooSmall = (page, least) =>
  page.evaluate((wanted) => {
    const LETTER_WIDTH = 44
    const BELOW_ROUNDING = 0.5
    const inside = document.querySelector('dialog[open]') ?? document.querySelector('#page')
    const problems = new Set()
    for (const one of inside.querySelectorAll('button, input, textarea, select, summary, .button, [role=button], [role=tab], [role=switch], [tabindex="0"]')) {
      if (one.checkVisibility?.() === false || one.getClientRects().length === 0) continue
      const name = `${one.id || one.className || one.localName} “${(one.getAttribute('aria-label') ?? one.textContent).trim().slice(0, 24)}”`
      if (one.classList.contains('cite')) {
        const chips = [...one.closest('article').querySelectorAll('.chip .number')]
        if (!chips.some((chip) => chip.textContent === one.textContent)) problems.add(`${name} has no chip`)
        continue
      }
      const box = one.matches('[type=checkbox], [type=radio]') ? (one.closest('label') ?? one) : one
      const { width, height } = box.getBoundingClientRect()
      if (width <= 1 || one.classList.contains('visually-hidden')) continue
      const leastWidth = one.closest('.keyboard') ? LETTER_WIDTH : wanted - BELOW_ROUNDING
      if (height < wanted - BELOW_ROUNDING || width < leastWidth) problems.add(`${name} is ${Math.round(width)}×${Math.round(height)}`)
    }
    return [...problems]
  }, least)

/** Words that a box cuts off without saying so, what reaches beyond the window, and parts that lie on top of others. */
export const cutOff = (page) =>
  page.evaluate(() => {
    const problems = []
    for (const one of document.querySelectorAll('#page :is(button, label, h1, h2, h3, h4, p, th, td, dt, dd, legend, summary, li, span)')) {
      const style = getComputedStyle(one)
      if (style.overflow === 'visible' || style.clipPath !== 'none' || one.clientWidth <= 1 || style.overflowY === 'auto') continue
      // Dots at the end say that there is more.
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') continue
      if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1) problems.push(`cut off: ${one.textContent.trim().slice(0, 30)}`)
    }
    const dialogs = [...document.querySelectorAll('dialog[open]')]
    const fixed = (dialogs.length ? dialogs : [...document.querySelectorAll('footer, .dock, .keyboard, header.top, .demo')])
      .map((part) => ({ part, name: part.className || part.localName, box: part.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0)
    for (const { name, box } of fixed) {
      if (box.bottom > innerHeight + 1 || box.top < -1) problems.push(`${name} reaches ${Math.round(box.top)} to ${Math.round(box.bottom)} of ${innerHeight}`)
    }
    for (const [at, one] of fixed.entries()) {
      for (const other of fixed.slice(at + 1)) {
        const shared = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (shared > 1 && !one.part.contains(other.part) && !other.part.contains(one.part)) problems.push(`${one.name} lies on ${other.name}`)
      }
    }
    return problems
  })
