// Which devices bring a keyboard of their own to the screen as soon as a field is touched.

export type Device = Pick<Navigator, 'userAgent' | 'platform' | 'maxTouchPoints'>

/** True on phones and tablets: a second keyboard would only take the room of the page. */
export function bringsKeys(device: Device = navigator): boolean {
  // A tablet of Apple calls itself a Mac; a real one has no touch screen.
  const isTablet = /^Mac/.test(device.platform) && device.maxTouchPoints > 1
  return isTablet || /Android|iPhone|iPad|iPod|CrOS/.test(device.userAgent)
}
