// The one door to the outside: everything the pages can ask for goes through a Host.
import type { StaffCommand, StaffReply, TurnEvent, VisitorCommand, VisitorReply } from '../bindings/wire'

/** What this host can do beyond answering. */
export type Capabilities = {
  /** Staff commands may be sent. The other side checks again. */
  staff: boolean
  /** A file dialog can be shown. */
  chooseFiles: boolean
  /** A page may hand the person a file to keep. */
  saveFiles: boolean
}

/** Both calls reject with an `ApiError`, never with anything else. */
export interface Host {
  readonly capabilities: Capabilities
  visit(command: VisitorCommand, onEvent?: (event: TurnEvent) => void): Promise<VisitorReply>
  manage(command: StaffCommand): Promise<StaffReply>
}

/** Which of the two windows a page is. */
export type Surface = 'staff' | 'kiosk'
