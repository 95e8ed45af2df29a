// The direction of imports: views compose, features know one noun, shared knows none.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../src')
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$/.test(path))
  .map((path) => path.replaceAll('\\', '/'))
const IMPORT = /(?:\bfrom\s+|\bimport\s+|\bimport\()['"]([^'"\s]+)['"]/g

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(IMPORT)].map(([, wanted = '']) => {
    if (!wanted.startsWith('.')) return wanted
    const path = relative(ROOT, join(ROOT, dirname(file), wanted)).replaceAll('\\', '/')
    return [path, `${path}.ts`].find((candidate) => existsSync(join(ROOT, candidate)) && /\.\w+$/.test(candidate)) ?? path
  })
}

function offences(isOffence: (file: string, wanted: string) => boolean): string[] {
  return FILES.flatMap((file) => importsOf(file).filter((wanted) => isOffence(file, wanted)).map((wanted) => `${file} imports ${wanted}`))
}

const featureOf = (path: string) => /^features\/(\w+)\//.exec(path)?.[1]

it('finds the files', () => {
  expect(FILES.length).toBeGreaterThan(40)
  expect(importsOf('staff.ts')).toEqual(['shared/boot.ts', 'views/open-staff.ts'])
})

it('features do not import each other or the views', () => {
  expect(
    offences((file, wanted) => {
      const mine = featureOf(file)
      if (!mine) return false
      const other = featureOf(wanted)
      return wanted.startsWith('views/') || (other !== undefined && other !== mine)
    }),
  ).toEqual([])
})

it('shared, host and i18n know no feature and no view', () => {
  expect(offences((file, wanted) => /^(shared|host|i18n)\//.test(file) && /^(features|views)\//.test(wanted))).toEqual([])
})

it('only the Tauri host knows Tauri, and nothing else from outside is used', () => {
  expect(offences((file, wanted) => wanted.startsWith('@tauri-apps/') && file !== 'host/tauri.ts')).toEqual([])
  expect(offences((_file, wanted) => !/^(svelte$|uqr$|@tauri-apps\/|\w+(\/|\.ts$))/.test(wanted))).toEqual([])
})

it('the kiosk brings no staff pages', () => {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file) || !FILES.includes(file)) return
    seen.add(file)
    importsOf(file).forEach(visit)
  }
  visit('kiosk.ts')
  expect(seen).toContain('views/KioskWindow.svelte')
  const staff = [...seen].filter((file) => /^(features\/(knowledge|computer|models|plan)|views\/(Staff|Knowledge|Computer|computer))/.test(file))
  expect(staff).toEqual([])
})

// A directive that sets a custom property goes through the style object, which the policy allows.
it('no page uses inline styles or writes markup', () => {
  for (const file of FILES) {
    const [text] = readFileSync(join(ROOT, file), 'utf8').split('<style>')
    expect(text, file).not.toMatch(/\bstyle=|\bstyle:(?!--)|\{@html|innerHTML|insertAdjacentHTML/)
  }
})
