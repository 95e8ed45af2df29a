// Puts tokens on one part of a page, the way the policy allows: by script, never in the markup.

type Tokens = Record<string, string | undefined>

/** An action: the element and what is inside it wear these tokens. */
export function wear(element: HTMLElement, tokens: Tokens) {
  const put = (next: Tokens) => {
    for (const [name, value] of Object.entries(next)) {
      if (value) element.style.setProperty(name, value)
      else element.style.removeProperty(name)
    }
  }
  put(tokens)
  return { update: put }
}
