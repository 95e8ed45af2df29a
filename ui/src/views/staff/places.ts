// The places of the staff window in their order, and what each is loaded from.
import type { Component } from 'svelte'
import type { Desk } from '../../bindings/wire'
import type { Conversation } from '../../features/chat/conversation.svelte'
import type { SourceReader } from '../../features/sources/reader.svelte'
import type { Host } from '../../host/types'
import type { IconName } from '../../shared/icon-shapes'
import type { Way } from './pages'

export type Place = 'home' | 'try' | 'knowledge' | 'orders' | 'visitors' | 'insights' | 'look' | 'kiosk' | 'privacy' | 'network' | 'backup' | 'computer'

/** What a place may ask for; each takes what it needs. */
export type PlaceProps = {
  host: Host
  desk: Desk | null
  conversation: Conversation
  reader: SourceReader
  onchange: () => void
  onlanguage: (language: string) => void
  onplace: (place: Place, way?: Way) => void
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
    { id: 'backup', icon: 'back' },
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
  backup: () => import('../BackupView.svelte'),
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
