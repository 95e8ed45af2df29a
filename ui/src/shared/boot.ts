// Starts a page, or says in words that it could not: a white window tells nobody anything.
import { keepPage } from './keep-page'

type Page = { open: (target: HTMLElement) => Promise<void> }

export async function boot(load: () => Promise<Page>): Promise<void> {
  keepPage()
  try {
    const target = document.getElementById('page')
    if (!target) throw new Error('the page has no place to start in')
    await (await load()).open(target)
  } catch (reason) {
    document.getElementById('boot-reason')?.append(String(reason))
    document.getElementById('boot-failure')?.removeAttribute('hidden')
  }
}
