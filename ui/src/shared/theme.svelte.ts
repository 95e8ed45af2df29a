// Light or dark, and more contrast, by choice of whoever sits here; else as the computer wishes.
//
// The sheets ask for the computer's wish. A choice rewrites that question in the sheets of this page, so that no colour
// has to be written down twice.

export type Theme = 'system' | 'light' | 'dark'

const KEPT_THEME = 'frontdesk-theme'
const KEPT_CONTRAST = 'frontdesk-contrast'
const WISH = '(prefers-color-scheme: dark)'
const WISHES = /\(prefers-color-scheme:\s*dark\)/
const ALWAYS = '(min-width: 0px)'
const NEVER = '(max-width: 0px)'

let chosen = $state<Theme>('system')
let strong = $state(false)
/** What a rule asked before it was rewritten. */
const asked = new WeakMap<CSSMediaRule, string>()

export function theme(): Theme {
  return chosen
}

export function isDark(): boolean {
  return chosen === 'dark' || (chosen === 'system' && (globalThis.matchMedia?.(WISH).matches ?? false))
}

export function isStrong(): boolean {
  return strong
}

/** Wears what was chosen in this window before. */
export function wearTheme(): void {
  const kept = read(KEPT_THEME)
  chosen = kept === 'light' || kept === 'dark' ? kept : 'system'
  strong = read(KEPT_CONTRAST) === 'more'
  wear()
}

export function chooseTheme(next: Theme): void {
  chosen = next
  keep(KEPT_THEME, next === 'system' ? '' : next)
  wear()
}

export function switchContrast(): void {
  strong = !strong
  keep(KEPT_CONTRAST, strong ? 'more' : '')
  wear()
}

function wear(): void {
  const answer = { system: null, light: NEVER, dark: ALWAYS }[chosen]
  for (const sheet of document.styleSheets) rewrite(sheet.cssRules, answer)
  const root = document.documentElement
  root.style.colorScheme = chosen === 'system' ? '' : chosen
  set(root, 'theme', chosen === 'system' ? '' : chosen)
  set(root, 'contrast', strong ? 'more' : '')
}

function rewrite(rules: CSSRuleList, answer: string | null): void {
  for (const rule of rules) {
    if (typeof CSSMediaRule === 'function' && rule instanceof CSSMediaRule) {
      const before = asked.get(rule) ?? rule.media.mediaText
      if (WISHES.test(before)) {
        asked.set(rule, before)
        rule.media.mediaText = answer === null ? before : before.replace(WISHES, answer)
      }
    }
    if ('cssRules' in rule) rewrite(rule.cssRules as CSSRuleList, answer)
  }
}

function set(root: HTMLElement, name: string, value: string): void {
  if (value) root.dataset[name] = value
  else delete root.dataset[name]
}

// Where a window may keep nothing, the choice lasts as long as the window.
function keep(name: string, value: string): void {
  try {
    if (value) localStorage.setItem(name, value)
    else localStorage.removeItem(name)
  } catch {
    return
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
