// Opens the staff window.
import { mount } from 'svelte'
import { chooseHost } from '../host/choose'
import { speak, speakOnly } from '../i18n/i18n.svelte'
import { learnStaffWords, STAFF_LANGUAGES } from '../i18n/staff'
import StaffWindow from './StaffWindow.svelte'

export async function open(target: HTMLElement): Promise<void> {
  learnStaffWords()
  speakOnly(STAFF_LANGUAGES)
  await speak('')
  mount(StaffWindow, { target, props: { host: await chooseHost('staff') } })
}
