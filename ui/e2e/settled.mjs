// Colours that are on their way to others are no colours to judge.
/** Waits until no colour or size is on its way to another; what turns for ever is not waited for. */
export async function settled(page) {
  await page.evaluate(async () => {
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
    const changes = document.getAnimations().filter((one) => one instanceof CSSTransition)
    await Promise.all(changes.map((one) => one.finished.catch(() => undefined)))
  })
}
