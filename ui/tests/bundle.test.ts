// What the pages weigh, measured on a build of their own: everything under 400 kB, the visitors' page under 150 kB and without the staff.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, it } from 'vitest'

const UI = resolve(import.meta.dirname, '..')
const OUT = join(UI, 'test-results/bundle')
const KILOBYTE = 1_000

type Chunk = { file: string; src?: string; imports?: string[]; dynamicImports?: string[]; css?: string[] }
let manifest: Record<string, Chunk> = {}

beforeAll(() => {
  rmSync(OUT, { recursive: true, force: true })
  const vite = join(UI, 'node_modules/vite/bin/vite.js')
  const { status, stderr } = spawnSync(process.execPath, [vite, 'build', '--outDir', OUT, '--manifest', 'manifest.json', '--sourcemap', '--logLevel', 'error'], {
    cwd: UI,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  expect(status, stderr).toBe(0)
  manifest = JSON.parse(readFileSync(join(OUT, 'manifest.json'), 'utf8')) as Record<string, Chunk>
}, 120_000)

/** As it travels: packed, save what is packed already. */
function weightOf(file: string): number {
  const bytes = readFileSync(join(OUT, file))
  // The build for this test carries maps; the one that is shipped does not.
  return /\.woff2$/.test(file) ? bytes.length : gzipSync(bytes.toString('utf8').replace(/\n?\/\/# sourceMappingURL=.*/, '')).length
}

/** The chunks a page loads to stand there, and with `languages` everything it fetches afterwards. */
function chunksOf(entry: string, follow: RegExp, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen
  seen.add(entry)
  const { imports = [], dynamicImports = [] } = manifest[entry] ?? {}
  for (const next of [...imports, ...dynamicImports.filter((name) => follow.test(name))]) chunksOf(next, follow, seen)
  return seen
}

const filesOf = (entries: Set<string>) => [...new Set([...entries].flatMap((name) => [manifest[name]?.file ?? '', ...(manifest[name]?.css ?? [])]).filter(Boolean))]
const sum = (files: string[]) => files.reduce((total, file) => total + weightOf(file), 0)

/** The sources that went into a chunk. */
function sourcesOf(file: string): string[] {
  // What the bundler adds of its own has no source.
  if (!existsSync(join(OUT, `${file}.map`))) return []
  const { sources } = JSON.parse(readFileSync(join(OUT, `${file}.map`), 'utf8')) as { sources: string[] }
  return sources.map((source) => relative(UI, resolve(OUT, dirname(file), source)).replaceAll('\\', '/'))
}

const allFiles = () =>
  readdirSync(OUT, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(OUT, path)).isFile() && !/\.map$|manifest\.json$/.test(path))

it('everything together stays under 400 kB', () => {
  const files = allFiles()
  const fonts = sum(files.filter((file) => file.endsWith('.woff2')))
  const total = sum(files)
  console.log(`ui/dist: ${Math.round(total / KILOBYTE)} kB packed, ${Math.round(fonts / KILOBYTE)} kB of it fonts`)
  expect(total).toBeLessThan(400 * KILOBYTE)
})

it('the visitors’ page stays under 150 kB, with the words of all its languages', () => {
  const first = sum(filesOf(chunksOf('kiosk.html', /open-kiosk/)))
  const whole = sum(filesOf(chunksOf('kiosk.html', /open-kiosk|i18n\/\w+\/visitor|host\//)))
  console.log(`the visitors' page: ${Math.round(first / KILOBYTE)} kB to stand there, ${Math.round(whole / KILOBYTE)} kB with all languages`)
  expect(first).toBeGreaterThan(20 * KILOBYTE)
  expect(whole).toBeLessThan(150 * KILOBYTE)
})

it('the visitors’ page holds nothing of the staff', () => {
  const sources = filesOf(chunksOf('kiosk.html', /./)).flatMap(sourcesOf)
  expect(sources).toContain('src/views/KioskWindow.svelte')
  const staff = /^src\/(features\/(?!chat|sources|desk|kiosk|look|access)\w+|views\/(Staff|Network|Home|Orders|Visitors|Insights|Look|KioskView|Privacy|Knowledge|Computer|computer|staff|setup)|i18n\/(staff|\w+\/(staff|network|engines|computer|answers|frame|home|insights|lock|look|orders|privacy|setup|visitors|why)))/
  expect(sources.filter((source) => staff.test(source))).toEqual([])
})

it('the staff window opens with its frame alone; the places come when they are opened', () => {
  const sources = filesOf(chunksOf('index.html', /open-staff/)).flatMap(sourcesOf)
  expect(sources).toContain('src/views/StaffWindow.svelte')
  expect(sources.filter((source) => /views\/\w+View\.svelte$/.test(source))).toEqual([])
})
