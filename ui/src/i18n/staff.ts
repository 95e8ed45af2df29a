// The words of the staff window, which only that window brings: English at once, the others when they are spoken.
import { staff } from './en/staff'
import type { Message } from './fill'
import { learn } from './i18n.svelte'
import type { Language } from './languages'

export type StaffWords = Record<keyof typeof staff, Message>

export const STAFF_LANGUAGES: readonly Language[] = ['en', 'de', 'ar']

export const STAFF_WORDS = {
  de: async (): Promise<StaffWords> => (await import('./de/staff')).staff,
  ar: async (): Promise<StaffWords> => (await import('./ar/staff')).staff,
}

export function learnStaffWords(): void {
  learn(staff, STAFF_WORDS)
}
