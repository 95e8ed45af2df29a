// Everything that can be looked up by its name: places, the tabs inside them, and what staff do most.
import { t } from '../../i18n/i18n.svelte'
import type { IconName } from '../../shared/icon-shapes'
import { GROUPS, PLACES, type Place } from './places'

/** How to go on inside a place: through these elements, one after the other. Tabs are opened on the way. */
export type Way = { through: string[]; /** The last one is pressed, not only focused. */ press?: boolean }

/** What the window itself can do, wherever one is. */
export type Act = 'startOver' | 'dark' | 'light' | 'contrast' | 'expert' | 'setup'

type Words = { name: string; about: string; /** Other words for it: found, but not shown. */ also: string; icon: IconName }
export type Page = Words & ({ place: Place; way?: Way } | { act: Act })

const iconOf = (place: Place): IconName => PLACES.find(({ id }) => id === place)?.icon ?? 'dots'
const tab = (id: string): Way => ({ through: [`tab-${id}`] })

/** Whether the page is dark now, and what is on, decide which of two opposites is offered. */
export type Now = { isDark: boolean; isExpert: boolean; isStrong: boolean }

/** Everything there is, in the words of the language spoken now. */
export function allPages(now: Now): Page[] {
  return [...places(), ...tabs(now), ...doings(), ...acts(now)]
}

function places(): Page[] {
  return GROUPS.flat().map(({ id, icon }) => ({ place: id, icon, name: t(`rail.${id}`), about: t(`frame.about.${id}`), also: '' }))
}

function tabs({ isExpert }: Now): Page[] {
  const found: [Place, Way, string][] = [
    ...(['answers', 'documents', 'facts', 'bench', 'gaps', 'versions'] as const).map((id): [Place, Way, string] => ['knowledge', tab(id), t(`answers.tab.${id}`)]),
    ...(['waiting', 'talks'] as const).map((id): [Place, Way, string] => ['visitors', tab(id), t(`visitors.tab.${id}`)]),
    ...(['screen', 'lock'] as const).map((id): [Place, Way, string] => ['kiosk', tab(id), t(`lock.tab.${id}`)]),
    ...(['computer', 'models', 'plan', 'about'] as const).map((id): [Place, Way, string] => ['computer', tab(id), t(`computer.tab.${id}`)]),
    ['network', { through: ['share-title'] }, t('network.share')],
    ...(isExpert ? ([['network', { through: ['engines-title'] }, t('engines.title')]] satisfies [Place, Way, string][]) : []),
    ['network', { through: ['more-title'] }, t('network.more')],
    ['computer', { through: ['tab-computer', 'settings-title'] }, t('settings.title')],
    ['computer', { through: ['tab-computer', 'speed-title'] }, t('speed.title')],
  ]
  return found.map(([place, way, name]) => ({ place, way, name, about: t(`rail.${place}`), also: '', icon: iconOf(place) }))
}

function doings(): Page[] {
  const found = [
    { id: 'newAnswer', place: 'knowledge', way: { through: ['tab-answers', 'write-answer'], press: true }, icon: 'pen' },
    { id: 'addFiles', place: 'knowledge', way: { through: ['tab-documents', 'add-title'] }, icon: 'plus' },
    { id: 'hours', place: 'knowledge', way: { through: ['tab-facts', 'place-0-title'] }, icon: 'clock' },
    { id: 'runTests', place: 'knowledge', way: { through: ['tab-bench', 'run-tests'], press: true }, icon: 'play' },
    { id: 'publish', place: 'knowledge', way: { through: ['tab-versions', 'version-name'] }, icon: 'book' },
    { id: 'addOrders', place: 'orders', way: { through: ['add-orders-title'] }, icon: 'box' },
    { id: 'export', place: 'visitors', way: { through: ['tab-talks', 'talk-search'] }, icon: 'download' },
    // Only led to: a slip in a list must not close the window.
    { id: 'startKiosk', place: 'kiosk', way: { through: ['start-title'] }, icon: 'screen' },
    { id: 'pin', place: 'kiosk', way: { through: ['tab-screen', 'lock-title'] }, icon: 'lock' },
    { id: 'colour', place: 'look', way: { through: ['look-colour'] }, icon: 'brush' },
    { id: 'erase', place: 'privacy', way: { through: ['erase-title'] }, icon: 'bin' },
    { id: 'backup', place: 'backup', way: { through: ['make-backup'], press: true }, icon: 'back' },
    { id: 'measure', place: 'computer', way: { through: ['tab-computer', 'measure'], press: true }, icon: 'gauge' },
    { id: 'language', place: 'computer', way: { through: ['tab-computer', 'language'] }, icon: 'globe' },
    { id: 'report', place: 'computer', way: { through: ['tab-computer', 'open-report'], press: true }, icon: 'copy' },
    { id: 'check', place: 'home', way: { through: ['check-now'], press: true }, icon: 'again' },
  ] as const satisfies { id: string; place: Place; way: Way; icon: IconName }[]
  return found.map(({ id, place, way, icon }) => ({
    place,
    way: { ...way, through: [...way.through] },
    icon,
    name: t(`frame.do.${id}`),
    about: t(`rail.${place}`),
    also: t(`frame.also.${id}`),
  }))
}

function acts({ isDark, isExpert, isStrong }: Now): Page[] {
  const of = (act: Act, icon: IconName, name: string, also: string): Page => ({ act, icon, name, about: t('frame.here'), also })
  return [
    isDark ? of('light', 'sun', t('frame.do.light'), t('frame.also.theme')) : of('dark', 'contrast', t('frame.do.dark'), t('frame.also.theme')),
    of('contrast', 'contrast', isStrong ? t('frame.do.contrastOff') : t('frame.do.contrast'), t('frame.also.theme')),
    of('expert', 'chart', isExpert ? t('frame.do.basic') : t('frame.do.expert'), t('frame.also.expert')),
    of('startOver', 'chat', t('frame.do.startOver'), t('frame.also.startOver')),
    of('setup', 'play', t('look.setupAgain'), t('frame.also.setup')),
  ]
}

const plain = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

/** The pages whose words hold every word that was typed: first those whose name begins so, then those whose name holds them. */
export function findPages(pages: Page[], typed: string): Page[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean)
  const found = pages.filter(({ name, about, also }) => wanted.every((word) => plain(`${name} ${about} ${also}`).includes(word)))
  const distance = (page: Page) => {
    if (!wanted.length || plain(page.name).startsWith(wanted.join(' '))) return 0
    return wanted.every((word) => plain(page.name).includes(word)) ? 1 : 2
  }
  return found.sort((one, other) => distance(one) - distance(other))
}
