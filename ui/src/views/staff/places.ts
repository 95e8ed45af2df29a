// The places of the staff window in their order, what each is loaded from, and the pages that can be looked up.
import type { Component } from 'svelte'
import type { Desk } from '../../bindings/wire'
import type { Conversation } from '../../features/chat/conversation.svelte'
import type { SourceReader } from '../../features/sources/reader.svelte'
import type { Host } from '../../host/types'
import { t } from '../../i18n/i18n.svelte'
import type { IconName } from '../../shared/icon-shapes'
import { isExpert } from '../../shared/mode.svelte'

export type Place = 'home' | 'try' | 'knowledge' | 'orders' | 'visitors' | 'insights' | 'look' | 'kiosk' | 'privacy' | 'network' | 'computer'

/** What a place may ask for; each takes what it needs. */
export type PlaceProps = {
  host: Host
  desk: Desk | null
  conversation: Conversation
  reader: SourceReader
  onchange: () => void
  onlanguage: (language: string) => void
  onplace: (place: Place, anchor?: string) => void
  /** Opens the first run again. */
  onsetup: () => void
}

/** Every day, what visitors are told, and the desk itself. */
export const GROUPS: { id: Place; icon: IconName }[][] = [
  [
    { id: 'home', icon: 'sun' },
    { id: 'try', icon: 'chat' },
    { id: 'visitors', icon: 'person' },
    { id: 'insights', icon: 'chart' },
  ],
  [
    { id: 'knowledge', icon: 'book' },
    { id: 'orders', icon: 'box' },
  ],
  [
    { id: 'look', icon: 'brush' },
    { id: 'kiosk', icon: 'screen' },
    { id: 'privacy', icon: 'shield' },
    { id: 'network', icon: 'signal' },
    { id: 'computer', icon: 'computer' },
  ],
]

export const PLACES = GROUPS.flat()

/** Each place comes when it is opened, so that the window itself opens at once. */
const VIEWS: Record<Place, () => Promise<{ default: Component<PlaceProps> }>> = {
  home: () => import('../HomeView.svelte'),
  try: () => import('../StaffTryView.svelte'),
  knowledge: () => import('../KnowledgeView.svelte'),
  orders: () => import('../OrdersView.svelte'),
  visitors: () => import('../VisitorsView.svelte'),
  insights: () => import('../InsightsView.svelte'),
  look: () => import('../LookView.svelte'),
  kiosk: () => import('../KioskView.svelte'),
  privacy: () => import('../PrivacyView.svelte'),
  network: () => import('../NetworkView.svelte'),
  computer: () => import('../ComputerView.svelte'),
}

const known = new Map<Place, Component<PlaceProps>>()

/** The view of a place that was brought before. */
export function viewOf(place: Place): Component<PlaceProps> | undefined {
  return known.get(place)
}

export async function bringView(place: Place): Promise<Component<PlaceProps>> {
  const { default: View } = await VIEWS[place]()
  known.set(place, View)
  return View
}

/** A page inside a place: the tab or heading with this id. */
export type Page = { place: Place; anchor?: string; name: string; about: string }

/** Everything one can go to, in the words of the language spoken now. */
export function allPages(): Page[] {
  const places = PLACES.map(({ id }): Page => ({ place: id, name: t(`rail.${id}`), about: t(`frame.about.${id}`) }))
  const inside: [Place, string, string][] = [
    ['knowledge', 'gaps-title', t('gaps.title')],
    ['knowledge', 'sources-title', t('sources.title')],
    ['knowledge', 'faqs-title', t('faqs.title')],
    ['network', 'share-title', t('network.share')],
    ...(isExpert() ? ([['network', 'engines-title', t('engines.title')]] satisfies [Place, string, string][]) : []),
    ['network', 'more-title', t('network.more')],
    ['computer', 'settings-title', t('settings.title')],
    ['computer', 'speed-title', t('speed.title')],
    ['computer', 'tab-models', t('computer.tab.models')],
    ['computer', 'tab-plan', t('plan.title')],
  ]
  return [...places, ...inside.map(([place, anchor, name]) => ({ place, anchor, name, about: t(`rail.${place}`) }))]
}

/** The pages whose words hold every word that was typed; those whose name begins with it come first. */
export function findPages(pages: Page[], typed: string): Page[] {
  const plain = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  const found = pages.filter(({ name, about }) => wanted.every((word) => plain(`${name} ${about}`).includes(word)))
  const begins = (page: Page) => (wanted.length && plain(page.name).startsWith(wanted[0] ?? '') ? 0 : 1)
  return found.sort((one, other) => begins(one) - begins(other))
}
