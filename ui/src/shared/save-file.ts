// Hands the person a file to keep, where the window lets a page do that.

export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the address a little later than the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
