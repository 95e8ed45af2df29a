// This computer and the settings of the desk, as staff see them.
import type { ApiError, Doctor, ExamView, SettingsChange, SettingsView } from '../../bindings/wire'
import { askComputer } from '../../host/computer'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

export class Computer {
  doctor = $state<Doctor | null>(null)
  settings = $state<SettingsView | null>(null)
  exam = $state<ExamView | null>(null)
  isLooking = $state(false)
  isSitting = $state(false)
  error = $state<ApiError | null>(null)
  /** Everything somebody who helps needs to know; `null` until it is asked for. */
  report = $state<string | null>(null)
  reportError = $state<ApiError | null>(null)
  /** Which setting was saved last, to say so beside it. */
  saved = $state<keyof SettingsChange | null>(null)
  #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  async look(): Promise<void> {
    this.isLooking = true
    try {
      this.error = null
      const [doctor, settings] = await Promise.all([
        this.#host.manage({ do: 'doctor' }),
        this.#host.manage({ do: 'settings' }),
      ])
      if (doctor.is === 'doctor') this.doctor = doctor
      if (settings.is === 'settings') this.settings = settings
    } catch (reason) {
      this.error = toApiError(reason)
    }
    this.isLooking = false
  }

  async writeReport(): Promise<void> {
    this.report = null
    try {
      this.reportError = null
      this.report = (await askComputer(this.#host, 'text', { what: 'report' })).text
    } catch (reason) {
      this.reportError = toApiError(reason)
    }
  }

  /** Lets the writing model take its exam; minutes on a slow computer. */
  async sitExam(): Promise<void> {
    this.isSitting = true
    try {
      this.error = null
      const reply = await this.#host.manage({ do: 'sit_exam' })
      if (reply.is === 'exam') this.exam = reply
      await this.look()
    } catch (reason) {
      this.error = toApiError(reason)
    }
    this.isSitting = false
  }

  /** Saves one change at once; the reply is what counts. True when it is saved. */
  async change(change: SettingsChange): Promise<boolean> {
    this.saved = null
    try {
      this.error = null
      const reply = await this.#host.manage({ do: 'change_settings', ...change })
      if (reply.is === 'settings') this.settings = reply
      this.saved = Object.keys(change)[0] as keyof SettingsChange
      return true
    } catch (reason) {
      this.error = toApiError(reason)
      return false
    }
  }
}
