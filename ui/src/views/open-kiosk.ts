// Opens the visitor window.
import { mount } from 'svelte'
import { chooseHost } from '../host/choose'
import { fetchAllWords, speak } from '../i18n/i18n.svelte'
import KioskWindow from './KioskWindow.svelte'

export async function open(target: HTMLElement): Promise<void> {
  await speak('')
  mount(KioskWindow, { target, props: { host: await chooseHost('kiosk') } })
  // A visitor who chooses a language does not wait for it.
  void fetchAllWords()
}
