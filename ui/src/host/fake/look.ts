// The try-out desk's look.
import type { Desk, LogoView, LookCommand, LookReply, LookView } from '../../bindings/wire'
import { apiError } from '../errors'

/** A small drawn logo. */
const DRAWN =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAJAAAAA8CAMAAAC+RsMfAAAACVBMVEUAAADIPCgeWozNbVPgAAAAAXRSTlMAQObYZgAAALxJREFUeNrt2cEOgzAMA9CY///oaRIckAZdcUms1r5xgQelidREOJME52hpqk24ihiniARIidCOmidVBGiJAC0RwIgwIs/vuCKIeZc3QNzXXQDE/oDTg/g9alAuKL2uZoCq2qpBGqDtm+Mx2572tUEGGdQH6o9BXaChzVUOFANWzKBcUPB7bHZQ0EVoelCwVXr8+RDZNRYAhURbfSZKOxdW8/wpSp0tqHnapIL5lJrnjlQ35BTj/DJ5TK+TD47yFMCezh5yAAAAAElFTkSuQmCC'

/** Enough to tell the few logos of a test apart. */
const markOf = (logo: string) => logo && `logo-${logo.length}`

export class FakeLook {
  view: LookView | null = null
  #before: string | null = null
  #read: () => LookView

  /** `read` gives the look that the desk starts with. */
  constructor(read: () => LookView) {
    this.#read = read
  }

  /** The desk as its look makes it. */
  dress(desk: Desk): Desk {
    if (!this.view) return desk
    const { name, welcome, suggestions, hand_over, colour, logo, welcomes } = this.view
    return { ...desk, name, welcome, suggestions, hand_over, look: { colour, logo_mark: markOf(logo), welcomes } }
  }

  logo(): LogoView {
    const logo = this.view?.logo ?? ''
    return { mark: markOf(logo), logo }
  }

  async answer(command: LookCommand): Promise<LookReply> {
    const view = (this.view ??= this.#read())
    switch (command.what) {
      case 'state':
        break
      case 'change': {
        const { what: _what, ...change } = command
        if (change.colour && !/^#[0-9a-f]{6}$/i.test(change.colour)) throw apiError('invalid', 'this is no colour', 'Choose one of the values offered.')
        this.view = { ...view, ...change }
        break
      }
      case 'choose_logo':
        this.#show(DRAWN)
        break
      case 'set_logo':
        if (!/\.(png|jpe?g)$/i.test(command.path)) throw apiError('bad_file', 'this file is no PNG or JPEG picture', 'Nothing was changed. Save the logo as PNG or JPEG and choose it again.')
        this.#show(DRAWN)
        break
      case 'remove_logo':
        this.#show('')
        break
      case 'undo_logo':
        this.#show(this.#before ?? '')
    }
    return { of: 'look', ...structuredClone(this.view ?? view) }
  }

  #show(logo: string): void {
    const view = this.view ?? this.#read()
    this.#before = view.logo
    this.view = { ...view, logo, can_undo_logo: true }
  }
}
