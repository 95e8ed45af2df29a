// Compares two pictures as an eye would: a dot that is found again beside its place has not changed.

/** How far two colours may be apart, of 1: the edges of letters differ a little from drawing to drawing. */
const NEARNESS = 0.12

/** The share of dots that differ, and a picture of where. The browser reads and writes the files, so nothing else has to. */
export async function compare(browser, before, after) {
  const page = await browser.newPage()
  try {
    const found = await page.evaluate(differ, { before: before.toString('base64'), after: after.toString('base64'), nearness: NEARNESS })
    return { share: found.share, difference: Buffer.from(found.picture.split(',')[1], 'base64') }
  } finally {
    await page.close()
  }
}

/** Runs inside the page. */
async function differ({ before, after, nearness }) {
  const dotsOf = async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const pen = canvas.getContext('2d')
    pen.drawImage(bitmap, 0, 0)
    return pen.getImageData(0, 0, bitmap.width, bitmap.height)
  }
  const [one, other] = [await dotsOf(before), await dotsOf(after)]
  const [width, height] = [Math.max(one.width, other.width), Math.max(one.height, other.height)]

  // Brightness counts most, as for an eye.
  const apart = (a, at, b, to) => {
    const [red, green, blue] = [0, 1, 2].map((channel) => a.data[at + channel] - b.data[to + channel])
    const bright = 0.299 * red + 0.587 * green + 0.114 * blue
    const warm = 0.596 * red - 0.274 * green - 0.322 * blue
    const tint = 0.211 * red - 0.523 * green + 0.312 * blue
    return (0.5053 * bright ** 2 + 0.299 * warm ** 2 + 0.1957 * tint ** 2) / 35215
  }
  const limit = nearness ** 2
  const isNear = (a, x, y, b) => {
    if (x >= a.width || y >= a.height) return false
    const at = (y * a.width + x) * 4
    for (let row = Math.max(0, y - 1); row <= Math.min(b.height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(b.width - 1, x + 1); column++) {
        if (apart(a, at, b, (row * b.width + column) * 4) <= limit) return true
      }
    }
    return false
  }

  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  const drawn = pen.createImageData(width, height)
  let differs = 0
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 4
      const isSame = isNear(one, x, y, other) && isNear(other, x, y, one)
      if (!isSame) differs++
      const at = (y * other.width + x) * 4
      const grey = x < other.width && y < other.height ? 200 + other.data[at] * 0.2 : 255
      drawn.data.set(isSame ? [grey, grey, grey, 255] : [220, 0, 60, 255], to)
    }
  }
  pen.putImageData(drawn, 0, 0)
  return { share: differs / (width * height), picture: canvas.toDataURL('image/png') }
}
