// Looks at processes through /proc: which ones descend from ours, and what they run.
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

function parents() {
  const found = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name in brackets may hold spaces; the parent follows the state after the last bracket.
      found.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It ended while we looked.
    }
  }
  return found
}

/** Descendants of `root` whose program is called `program`. */
export function descendants(root, program) {
  const all = parents()
  const descends = (pid) => {
    for (let at = pid, steps = 0; at > 1 && steps < 50; at = all.get(at) ?? 0, steps++) if (at === root) return true
    return false
  }
  return [...all.keys()].filter((pid) => pid !== root && descends(pid) && nameOf(pid) === program)
}

/** Whether a process is there and has not ended. */
export function isRunning(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z'
  } catch {
    return false
  }
}

/** Whether the system still knows a process, ended or not. */
export function isThere(pid) {
  return existsSync(`/proc/${pid}`)
}

/** Bytes of memory that a process has for itself, files not counted. */
export function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/RssAnon:\s*(\d+) kB/.exec(status)[1]) * 1024
}

function nameOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`).split('/').at(-1).replace(' (deleted)', '')
  } catch {
    return ''
  }
}

/** The addresses and ports that a process listens on, as the system writes them: `address port`, in hexadecimal. */
export function listeners(pid) {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]].filter(Boolean)
      } catch {
        return []
      }
    }),
  )
  const LISTENS = '0A'
  return ['tcp', 'tcp6'].flatMap((table) => {
    const rows = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1)
    return rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTENS && sockets.has(inode))
      .map(([, local]) => local.replace(':', ' '))
  })
}
