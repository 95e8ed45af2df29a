// What jsdom lacks and the pages need.
import { configure } from '@testing-library/svelte'
import { afterEach, beforeEach } from 'vitest'
import { fetchAllWords, speak } from '../src/i18n/i18n.svelte'
import { learnStaffWords } from '../src/i18n/staff'

// Generous, because tests share their computer with compilers.
configure({ asyncUtilTimeout: 20_000 })

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true
}
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false
}
Element.prototype.scrollIntoView ??= () => {}
// Nothing has a size here, so nothing changes its size.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}

// All words are here before a test, so that every language is spoken at once.
learnStaffWords()
await fetchAllWords()

beforeEach(() => speak('en'))
afterEach(() => sessionStorage.clear())
