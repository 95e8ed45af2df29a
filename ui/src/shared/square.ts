// Words as a square that a camera reads.
import { encode } from 'uqr'

/** The finest square that a phone still reads from a screen; it holds 1,273 bytes. */
const LARGEST_VERSION = 25

export type Square = { size: number; path: string }

/** The drawing: one path of all dark fields, with the white border that cameras need. */
export function drawSquare(text: string): Square {
  const { data, size } = encode(text, { ecc: 'L', border: 4, maxVersion: LARGEST_VERSION, boostEcc: false })
  let path = ''
  data.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue
      let end = x
      while (row[end + 1]) end++
      path += `M${x} ${y}h${end - x + 1}v1h-${end - x + 1}z`
      x = end
    }
  })
  return { size, path }
}
