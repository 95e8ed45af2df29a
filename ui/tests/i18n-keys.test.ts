// The words and the pages fit: no text without a reader, and no staff words on the visitors' page.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { staff } from '../src/i18n/en/staff'
import { visitor } from '../src/i18n/en/visitor'

const ROOT = join(import.meta.dirname, '../src')
const SOURCES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$|^i18n\/\w+\/|^host\/fake|^bindings\//.test(path))
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Finds the keys that files name: whole, or with a part filled in when the page runs. */
function keysNamedIn(files: string[]): (key: string) => boolean {
  const whole = new Set<string>()
  const patterns: RegExp[] = []
  for (const text of files.map(textOf)) {
    for (const [, key = ''] of text.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/g)) whole.add(key)
    for (const [, key = ''] of text.matchAll(/`([a-z]\w*\.[\w.]*\$\{[^`]*)`/g)) {
      const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'))
      patterns.push(new RegExp(`^${parts.join('\\w+')}$`))
    }
  }
  return (key) => whole.has(key) || patterns.some((pattern) => pattern.test(key))
}

/** The files that a page brings with it, itself included. */
function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !SOURCES.includes(file)) return seen
  seen.add(file)
  for (const [, wanted = ''] of textOf(file).matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\()['"](\.[^'"\s]+)['"]/g)) {
    const path = normalize(join(dirname(file), wanted)).replaceAll('\\', '/')
    reachedFrom(existsSync(join(ROOT, `${path}.ts`)) ? `${path}.ts` : path, seen)
  }
  return seen
}

it('every text is shown somewhere', () => {
  const isNamed = keysNamedIn(SOURCES)
  expect([...Object.keys(visitor), ...Object.keys(staff)].filter((key) => !isNamed(key))).toEqual([])
})

it('the visitors’ page names no words of the staff', () => {
  const files = [...reachedFrom('kiosk.ts')]
  expect(files).toContain('views/KioskWindow.svelte')
  const isNamed = keysNamedIn(files)
  expect(Object.keys(staff).filter((key) => isNamed(key) && !key.startsWith('unit.'))).toEqual([])
})
