// A page by keyboard alone: where the focus is, whether it is seen, and the way from one stop to another.
const MOST_STOPS = 80

/** What has the focus, in words. */
export const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement
    return { id: one?.id ?? '', name: one?.getAttribute('aria-label') ?? one?.textContent?.trim().slice(0, 60) ?? '', css: `${one?.localName}.${one?.className}`, cell: one?.dataset?.cell ?? '' }
  })

/** Whether the focus shows: an outline, or the frame around the field. */
const isSeen = (page) =>
  page.evaluate(() => {
    const one = document.activeElement
    const shows = (element) => getComputedStyle(element).outlineStyle !== 'none' && parseFloat(getComputedStyle(element).outlineWidth) > 0
    return one === document.body || shows(one) || shows(one.parentElement) || /^h\d$/i.test(one.localName)
  })

/** Goes on with a key until `isThere`; every stop on the way must be seen. */
export const goingWith = (report) => async (page, what, isThere, key = 'Tab') => {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    const at = await focused(page)
    if (isThere(at)) return at
    await page.keyboard.press(key)
    if (!(await isSeen(page))) report.check(`the focus is seen on the way to ${what}`, false, JSON.stringify(await focused(page)))
  }
  throw new Error(`${what} is not reached by ${key}; the focus is at ${JSON.stringify(await focused(page))}`)
}

export const byId = (id) => (at) => at.id === id
export const byName = (pattern) => (at) => pattern.test(at.name)

export async function type(page, words) {
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

/** A pointer must play no part: whoever uses one is found out. */
export const watchPointer = (page) => page.evaluate(() => addEventListener('pointerdown', () => (window.pointed = true), true))
export const wasPointed = (page) => page.evaluate(() => window.pointed === true)
