// What this computer is, as names and values in plain words.
import type { DeviceView, Doctor, MachineView } from '../../bindings/wire'
import { formatBytes, formatNumber, t } from '../../i18n/i18n.svelte'

type Fact = { name: string; value: string }

const POWERS = { mains: 'machine.power.mains', battery: 'machine.power.battery', unknown: 'machine.power.unknown' } as const
const isPower = (power: string): power is keyof typeof POWERS => Object.hasOwn(POWERS, power)

function deviceInWords({ description, name, kind, memory_bytes }: DeviceView): string {
  const words = { name: description || name, memory: formatBytes(memory_bytes) }
  return kind === 'integrated' ? t('machine.shared', words) : t('machine.own', words)
}

/** The graphics card in words, or why there is none to use. */
export function graphicsInWords({ devices, without_graphics }: MachineView): string {
  const usable = devices.filter((device) => device.kind !== 'software')
  if (without_graphics) return without_graphics
  return usable.length ? usable.map(deviceInWords).join(' · ') : t('machine.noGraphics')
}

function coresInWords(machine: MachineView, isExpert: boolean): string {
  if (!isExpert) return t('machine.coresPlain', { n: machine.physical_cores })
  const cores = { physical: machine.physical_cores, logical: machine.logical_cores }
  const fast = machine.performance_cores
  return fast > 0 && fast < machine.physical_cores ? t('machine.coresFast', { ...cores, fast }) : t('computer.coresValue', cores)
}

export function machineFacts(machine: MachineView, isExpert: boolean): Fact[] {
  const memory = { all: formatBytes(machine.memory_bytes), free: formatBytes(machine.memory_free_bytes) }
  const disk = machine.disk_free_bytes
  const facts = [
    { name: t('computer.memory'), value: t('computer.memoryValue', memory) },
    { name: t('computer.processor'), value: machine.processor },
    { name: t('computer.cores'), value: coresInWords(machine, isExpert) },
    { name: t('machine.graphics'), value: graphicsInWords(machine) },
    { name: t('machine.disk'), value: disk === null ? t('machine.unknown') : t('machine.diskFree', { free: formatBytes(disk) }) },
    { name: t('machine.power'), value: t(isPower(machine.power) ? POWERS[machine.power] : 'machine.power.unknown') },
    { name: t('computer.system'), value: machine.system },
  ]
  if (machine.virtualised) facts.push({ name: t('machine.virtualised'), value: machine.virtualised })
  return facts
}

/** What only those want to know who help with it. */
export function engineFacts({ machine, build }: Doctor): Fact[] {
  return [
    { name: t('machine.architecture'), value: machine.architecture },
    { name: t('machine.instructions'), value: machine.instructions.join(', ') },
    { name: t('machine.build'), value: build.version },
    { name: t('machine.engine'), value: build.engine },
    { name: t('machine.computesOn'), value: build.computes_on },
  ].filter((fact) => fact.value !== '')
}

export function dataFacts({ data }: Doctor, isExpert: boolean): Fact[] {
  const facts = [
    { name: t('computer.folder'), value: data.folder },
    { name: t('computer.sources'), value: formatNumber(data.sources) },
    { name: t('computer.faqs'), value: formatNumber(data.faqs) },
    { name: t('computer.turns'), value: formatNumber(data.turns) },
  ]
  if (!isExpert) return facts
  return [
    ...facts,
    { name: t('computer.passages'), value: formatNumber(data.passages) },
    { name: t('computer.embedded'), value: t('sources.meaningOf', { done: data.embedded, all: data.passages }) },
    { name: t('computer.version'), value: formatNumber(data.kb_version) },
    { name: t('computer.database'), value: `SQLite ${data.sqlite}` },
  ]
}
