// The try-out desk's backups: a week of them, and one on a stick that says what a restore would change.
import type { BackupCommand, BackupContent, BackupReply, BackupView, RestoreHow } from '../../bindings/wire'
import { apiError } from '../errors'

const DAY = 86_400
const FOLDER = 'C:\\Users\\Desk\\AppData\\Roaming\\frontdesk\\backups'
const NOW = () => Math.floor(Date.now() / 1_000)

export class FakeBackup {
  second = ''
  age = 5 * 3_600
  isEmpty = false
  restored: RestoreHow[] = []
  /** What checking a file fails with. */
  refusal = ''
  #made: BackupView[] = []

  async answer(command: BackupCommand): Promise<BackupReply> {
    switch (command.what) {
      case 'state':
        return this.#state()
      case 'make': {
        this.#made.unshift(this.#one(0, 'manual'))
        this.age = 0
        const name = this.#made[0]?.name ?? ''
        return { of: 'made', file: `${FOLDER}\\${name}`, bytes: 3_400_000, desk_bytes: 12_300_000, seconds: 0.4, mb_per_s: 30.7, second_file: this.second && `${this.second}/${name}`, second_problem: '' }
      }
      case 'keep_also_in': {
        const folder = command.folder ?? 'E:\\Frontdesk'
        if (folder && !/^([A-Z]:|\/)/.test(folder)) throw apiError('not_found', `there is no folder "${folder}"`, 'Plug the stick in and write the whole path of a folder on it.')
        this.second = folder
        return this.#state()
      }
      case 'choose_file':
        return { of: 'chosen', file: 'E:\\Frontdesk\\frontdesk_2026-11-15_05-04-00_daily.fdz' }
      case 'check': {
        if (this.refusal) throw apiError('bad_file', `${command.file} ${this.refusal}`, 'Nothing was changed. Take an older backup, or a copy of this one.')
        return { of: 'checked', ...this.#content(command.file) }
      }
      case 'restore': {
        this.restored.push(command.how)
        const { holds, new_answers, new_documents } = this.#content(command.file)
        const merges = command.how === 'merge'
        return { of: 'restored', how: command.how, now: holds, added_answers: merges ? new_answers : 0, added_documents: merges ? new_documents : 0, erased_again: merges ? 0 : 2, safety: `${FOLDER}\\frontdesk_2026-11-22_10-00-00_before-restore.fdz`, set_aside: '', seconds: 0.6, mb_per_s: 20.5 }
      }
    }
  }

  #content(file: string): BackupContent {
    return {
      file,
      bytes: 3_100_000,
      made_at: NOW() - 7 * DAY,
      age_s: 7 * DAY,
      reason: 'daily',
      shop: 'Harbour Outdoor',
      program: '0.1.0',
      is_own: true,
      holds: { answers: 40, documents: 6, questions: 812, open_questions: 9, orders: 120, wishes: 3 },
      here: { answers: 42, documents: 6, questions: 1_204, open_questions: 3, orders: 131, wishes: 3 },
      new_answers: 1,
      new_documents: 0,
      missing_models: [],
    }
  }

  #one(age: number, reason: NonNullable<BackupView['reason']>, isSecond = false): BackupView {
    const name = `frontdesk_${new Date((NOW() - age) * 1_000).toISOString().slice(0, 10)}_05-04-00_${reason}.fdz`
    return { file: `${isSecond ? this.second : FOLDER}\\${name}`, name, bytes: 3_300_000, age_s: age, made_at: NOW() - age, reason, is_second: isSecond }
  }

  #state(): BackupReply {
    const days = this.isEmpty ? [] : [0, 1, 2, 3].map((day) => this.#one(this.age + day * DAY, 'daily'))
    const import_ = this.isEmpty ? [] : [this.#one(this.age + 2.5 * DAY, 'before_import')]
    const torn: BackupView[] = this.isEmpty ? [] : [{ ...this.#one(this.age + 5 * DAY, 'daily'), file: `${FOLDER}\\torn.fdz`, reason: null }]
    const second = this.second ? [this.#one(this.age + DAY, 'daily', true)] : []
    const backups = [...this.#made, ...days, ...import_, ...torn, ...second].sort((one, other) => other.made_at - one.made_at)
    const newest = backups.length ? this.age : null
    const light = newest === null ? (this.isEmpty ? 'good' : 'warn') : newest <= 2 * DAY ? 'good' : newest > 7 * DAY ? 'bad' : 'warn'
    return { of: 'state', folder: FOLDER, second_folder: this.second, second_is_there: this.second !== '', backups, light, newest_age_s: newest, is_empty: this.isEmpty, desk_bytes: 12_300_000 }
  }
}
