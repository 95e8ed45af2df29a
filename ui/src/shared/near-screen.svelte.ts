// Which rows of a long column are near what is seen. The others keep their height and lose their content, so that thousands cost nothing.
import type { Attachment } from 'svelte/attachments'
import { SvelteMap } from 'svelte/reactivity'

/** Rows this far beyond the edges are drawn already, so that nobody scrolls into an empty one. */
const AROUND = '200% 0px'

export class NearScreen {
  #heights = new SvelteMap<string, number>()
  #keys = new WeakMap<Element, string>()
  #observer: IntersectionObserver | undefined
  #scroller: () => Element

  constructor(scroller: () => Element) {
    this.#scroller = scroller
  }

  /** The height in pixels that a row keeps while it is far away; nothing while it is drawn. */
  keptHeight(key: string): number | undefined {
    return this.#heights.get(key)
  }

  watch(key: string): Attachment {
    return (row) => {
      if (!('IntersectionObserver' in globalThis)) return
      this.#observer ??= new IntersectionObserver((seen) => this.#note(seen), { root: this.#scroller(), rootMargin: AROUND })
      this.#keys.set(row, key)
      this.#observer.observe(row)
      return () => {
        this.#observer?.unobserve(row)
        this.#heights.delete(key)
      }
    }
  }

  #note(seen: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of seen) {
      const key = this.#keys.get(target) ?? ''
      // A column that is hidden has no heights to keep, and whoever works in a row keeps it.
      const canGo = boundingClientRect.height > 0 && !target.contains(document.activeElement)
      if (isIntersecting) this.#heights.delete(key)
      else if (canGo) this.#heights.set(key, boundingClientRect.height)
    }
  }
}
