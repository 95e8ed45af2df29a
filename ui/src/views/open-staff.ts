// Opens the staff window.
import { mount } from 'svelte'
import { chooseHost } from '../host/choose'
import { speak } from '../i18n/i18n.svelte'
import StaffWindow from './StaffWindow.svelte'

export async function open(target: HTMLElement): Promise<void> {
  speak('')
  mount(StaffWindow, { target, props: { host: await chooseHost('staff') } })
}
