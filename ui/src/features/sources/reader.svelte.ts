// The passage that is open beside the answer, if one is.
import { tick } from 'svelte'
import type { ApiError, Citation, PassageView } from '../../bindings/wire'
import { toApiError } from '../../host/errors'
import type { Host } from '../../host/types'

export class SourceReader {
  citation = $state<Citation | null>(null)
  passage = $state<PassageView | null>(null)
  error = $state<ApiError | null>(null)
  #host: Host
  #opener: HTMLElement | null = null
  #turnId = 0

  constructor(host: Host) {
    this.#host = host
  }

  async open(turnId: number, citation: Citation, opener: HTMLElement | null): Promise<void> {
    this.citation = citation
    this.passage = null
    this.error = null
    this.#turnId = turnId
    this.#opener = opener
    try {
      const reply = await this.#host.visit({ do: 'open_source', turn_id: turnId, n: citation.n })
      // A slow reply must not replace the passage that was opened after it.
      if (reply.is === 'passage' && this.citation === citation) this.passage = reply
    } catch (reason) {
      if (this.citation === citation) this.error = toApiError(reason)
    }
  }

  retry(): void {
    if (this.citation) void this.open(this.#turnId, this.citation, this.#opener)
  }

  /** Closes the passage and puts the focus back where it came from. */
  close(): void {
    this.citation = null
    this.passage = null
    const opener = this.#opener
    this.#opener = null
    // Not with the next frame: a slow one would take the focus from somebody who types already.
    if (opener) void tick().then(() => opener.isConnected && opener.focus())
  }
}
