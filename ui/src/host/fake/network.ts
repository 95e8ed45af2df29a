// The network of the try-out desk.
import type { GuestView, LocalAddressView, NetworkCommand, NetworkView } from '../../bindings/wire'
import { apiError } from '../errors'

const NOW = 1_763_800_000
const GUESTS: GuestView[] = [
  { address: '…178.31', since: NOW - 1_260, asked_at: NOW - 40 },
  { address: '…178.44', since: NOW - 300, asked_at: null },
]

export class FakeNetwork {
  canShare = true
  servedAt = ''
  on = false
  keep = false
  address = ''
  port = 8317
  /** A port that another program has. */
  takenPort = 0
  found: LocalAddressView[] = [
    { address: '192.168.178.20', interface: 'WLAN' },
    { address: 'fd12:3456:789a::20', interface: 'WLAN' },
  ]
  guests = GUESTS
  keys = 1

  async answer(command: NetworkCommand): Promise<NetworkView> {
    if (command.what !== 'state' && !this.canShare) throw apiError('unavailable', 'this program has no window to share from', 'A desk without a window is told where to serve when it starts, with --listen.')
    switch (command.what) {
      case 'state':
        break
      case 'share':
        this.on = command.on
        this.keep = command.on && command.keep
        break
      case 'listen':
        if (command.port < 1024) throw apiError('invalid', `port ${command.port} belongs to the system`, 'Choose a port from 1024 to 65535.')
        this.address = command.address
        this.port = command.port
        break
      case 'new_key':
        this.keys++
        this.guests = []
    }
    return this.view()
  }

  view(): NetworkView {
    const port = this.port === this.takenPort ? this.port + 1 : this.port
    const key = `${this.keys}`.repeat(48)
    const heard = this.found.filter((one) => !this.address || one.address === this.address)
    return {
      can_share: this.canShare,
      served_at: this.servedAt,
      on: this.on,
      keep: this.keep,
      address: this.address,
      port: this.port,
      other_port: this.on && port !== this.port ? port : null,
      found: structuredClone(this.found),
      pages: (this.on ? heard : []).map(({ address, interface: name }) => {
        const shown = `http://${address.includes(':') ? `[${address}]` : address}:${port}/kiosk.html`
        return { url: `${shown}#key=${key}`, shown, interface: name }
      }),
      guests: this.on ? structuredClone(this.guests) : [],
    }
  }
}
