// Ways in which people leave a visitors' screen: keys, the pointer, and what a page could try.

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const DIGITS = [...'0123456789']
const OTHERS = ['Escape', 'Tab', 'Menu', 'Print', 'Super_L', 'Home', 'End', 'Prior', 'Next', 'Insert', 'Delete', 'BackSpace', 'Return', 'space', 'plus', 'minus', 'equal', 'comma', 'period', 'slash', 'semicolon', 'bracketleft']
const FUNCTIONS = Array.from({ length: 12 }, (_, index) => `F${index + 1}`)
const MODIFIERS = ['', 'ctrl+', 'alt+', 'shift+', 'ctrl+shift+', 'ctrl+alt+']

/** Every key with every modifier: 420 of them, a group for each modifier. */
export const STORM = MODIFIERS.map((modifier) => ({
  name: modifier || 'no modifier',
  // The staff's own way to the PIN is no escape, and not in here: it needs three modifiers.
  keys: [...FUNCTIONS, ...OTHERS, ...LETTERS, ...DIGITS].map((key) => modifier + key),
}))

const CENTRE = 'mousemove 640 300'
const LINK = "const a = Object.assign(document.createElement('a'), { href: 'https://example.com', textContent: 'a link', id: 'escape' }); Object.assign(a.style, { position: 'fixed', inset: '280px auto auto 600px', zIndex: 9 }); document.body.append(a); return true"

/**
 * The 25 ways out that everybody tries, by name. `keys` and `pointer` are for xdotool, `script` is a function body in the
 * page that gives true where the page kept its place; `before` and `after` lay out and clear away.
 */
export const ROUTES = [
  { name: 'Alt+F4', keys: ['alt+F4'] },
  { name: 'Ctrl+N', keys: ['ctrl+n', 'ctrl+shift+n'] },
  { name: 'Ctrl+T', keys: ['ctrl+t', 'ctrl+shift+t'] },
  { name: 'Ctrl+W', keys: ['ctrl+w', 'ctrl+shift+w', 'ctrl+F4'] },
  { name: 'Ctrl+R', keys: ['ctrl+r', 'ctrl+shift+r'] },
  { name: 'Ctrl+P', keys: ['ctrl+p', 'ctrl+shift+p'] },
  { name: 'Ctrl+O', keys: ['ctrl+o'] },
  { name: 'Ctrl+S', keys: ['ctrl+s', 'ctrl+shift+s'] },
  { name: 'Ctrl+U', keys: ['ctrl+u'] },
  { name: 'F5', keys: ['F5', 'ctrl+F5', 'shift+F5'] },
  { name: 'F11', keys: ['F11', 'shift+F11'] },
  { name: 'F12 and the developer’s tools', keys: ['F12', 'ctrl+shift+i', 'ctrl+shift+c', 'ctrl+shift+j'] },
  { name: 'Escape', keys: ['Escape', 'shift+Escape', 'Escape'] },
  { name: 'Ctrl and the wheel', pointer: `${CENTRE} keydown ctrl click --repeat 5 --delay 20 4 click --repeat 9 --delay 20 5 keyup ctrl` },
  {
    name: 'pinching',
    script: "const two = Object.assign(new Event('touchmove', { bubbles: true, cancelable: true }), { touches: [{}, {}] }); const start = new Event('gesturestart', { bubbles: true, cancelable: true }); const wheel = new WheelEvent('wheel', { ctrlKey: true, deltaY: -200, bubbles: true, cancelable: true }); for (const one of [two, start, wheel]) document.body.dispatchEvent(one); return [two, start, wheel].every((one) => one.defaultPrevented)",
  },
  { name: 'a long press', pointer: `${CENTRE} mousedown 1 sleep 1.5 mouseup 1` },
  { name: 'a right click', pointer: `${CENTRE} click 3 sleep 0.2 mousedown 3 sleep 1.2 mouseup 3` },
  { name: 'a swipe', pointer: 'mousemove 5 300 mousedown 1 mousemove 400 300 mousemove 900 300 mouseup 1 click --repeat 15 --delay 10 6 click --repeat 15 --delay 10 7 click 8 click 9' },
  {
    name: 'a file dragged in',
    script: "const dataTransfer = new DataTransfer(); dataTransfer.items.add(new File(['<h1>out</h1>'], 'out.html', { type: 'text/html' })); const all = ['dragenter', 'dragover', 'drop'].map((name) => new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true })); for (const one of all) document.body.dispatchEvent(one); return all[1].defaultPrevented && all[2].defaultPrevented",
  },
  { name: 'a link dragged out', before: LINK, pointer: 'mousemove 610 290 mousedown 1 mousemove 700 400 mousemove 1279 799 sleep 0.2 mouseup 1', after: "document.querySelector('#escape')?.remove(); return true" },
  { name: 'a middle click', before: LINK, pointer: `mousemove 610 290 click 2 ${CENTRE} click 2 click --repeat 3 1`, after: "document.querySelector('#escape')?.remove(); return true" },
  { name: 'window.open', script: "return window.open('about:blank') === null && window.open('https://example.com', '_blank', 'popup') === null" },
  {
    name: 'links to mail, a file and a script',
    script: "for (const href of ['mailto:a@example.com', 'tel:1', 'file:///etc/passwd', 'javascript:document.write(1)']) { const a = Object.assign(document.createElement('a'), { href, target: '_top' }); document.body.append(a); a.click(); a.remove(); location.assign(href) } return document.body.childElementCount > 0",
  },
  { name: 'printing', script: 'print(); return true', keys: ['Print', 'alt+Print', 'ctrl+Print'] },
  { name: 'leaving full screen', script: 'document.exitFullscreen?.().catch(() => {}); document.documentElement.requestFullscreen?.().catch(() => {}); return true', keys: ['alt+Return'] },
]

/** More keys that people know, by what they do. */
export const KEYS = [
  ['closing', ['alt+F4', 'ctrl+w', 'ctrl+shift+w', 'ctrl+q', 'ctrl+F4']],
  ['opening', ['ctrl+n', 'ctrl+t', 'ctrl+shift+n', 'ctrl+o', 'ctrl+l', 'super+e', 'super+r']],
  ['loading again', ['F5', 'ctrl+r', 'ctrl+shift+r', 'ctrl+F5', 'alt+Left', 'alt+Right', 'alt+Home', 'BackSpace']],
  ['looking inside', ['F12', 'ctrl+u', 'ctrl+shift+i', 'ctrl+shift+c', 'ctrl+shift+j', 'F7']],
  ['paper and files', ['ctrl+p', 'ctrl+s', 'ctrl+j', 'ctrl+h', 'ctrl+shift+p', 'Print']],
  ['searching and help', ['ctrl+f', 'ctrl+g', 'F3', 'F1', 'ctrl+k']],
  ['another size', ['ctrl+plus', 'ctrl+minus', 'ctrl+0', 'F11', 'Escape', 'alt+Return']],
  ['menus', ['shift+F10', 'Menu', 'F10', 'alt+space', 'alt+f']],
  ['other windows', ['alt+Tab', 'alt+Escape', 'super+d', 'ctrl+alt+Right', 'ctrl+alt+Left', 'ctrl+alt+t', 'ctrl+alt+Delete', 'ctrl+Escape', 'super']],
  ['five times Shift', ['shift', 'shift', 'shift', 'shift', 'shift']],
]

/** What the pointer can do, in the words of xdotool. */
export const POINTER = [
  ['a right click held long', 'mousemove 640 300 mousedown 3 sleep 1.2 mouseup 3'],
  ['a long press', 'mousemove 640 300 mousedown 1 sleep 1.2 mouseup 1'],
  ['a middle click', 'mousemove 640 300 click 2 click --repeat 3 1'],
  ['the buttons back and forward', 'click 8 click 9'],
  ['the wheel with Control', 'keydown ctrl click --repeat 5 --delay 20 4 click --repeat 9 --delay 20 5 keyup ctrl'],
  ['dragging across and out of the screen', 'mousemove 200 300 mousedown 1 mousemove 900 500 mousemove 1279 799 mouseup 1'],
  ['the edges and corners', 'mousemove 0 0 click 1 click 3 mousemove 1279 0 click 3 mousemove 1279 799 click 3 mousemove 0 799 click 3'],
  ['Alt and dragging the window', 'mousemove 600 300 keydown alt mousedown 1 mousemove 700 500 mouseup 1 mousedown 3 mousemove 500 400 mouseup 3 keyup alt'],
]

/** What a script in the page could try. Each is a function body; it may do as it likes, but not get out. */
export const SCRIPTS = [
  ['another window', "return window.open('about:blank') === null && window.open('https://example.com', '_blank', 'popup') === null"],
  ['another address', "location = 'https://example.com/'; return true"],
  ['a script as address', "location = 'javascript:document.write(1)'; return document.body.childElementCount > 0"],
  ['data as address', "location = 'data:text/html,hello'; return true"],
  ['a file as address', "location = 'file:///etc/passwd'; return true"],
  ['the staff page', "location = 'index.html'; return true"],
  ['an empty page', "location = 'about:blank'; return true"],
  ['closing itself', 'window.close(); Window.prototype.close?.call(window); self.close(); top.close(); return true'],
  ['moving the window', 'resizeTo(300, 300); moveTo(50, 50); return true'],
  ['printing', 'print(); return true'],
  ['message boxes', "alert('a'); confirm('b'); prompt('c'); return true"],
  ['leaving full screen', 'document.exitFullscreen?.().catch(() => {}); document.documentElement.requestFullscreen?.().catch(() => {}); return true'],
  ['a picker of files', "return typeof showOpenFilePicker === 'undefined'"],
  ['a link to a new window', "const a = Object.assign(document.createElement('a'), { href: 'https://example.com', target: '_blank' }); document.body.append(a); a.click(); a.remove(); return true"],
  ['a download', "const a = Object.assign(document.createElement('a'), { href: 'data:text/plain,x', download: 'x.txt' }); document.body.append(a); a.click(); a.remove(); return true"],
  ['a form', "const f = Object.assign(document.createElement('form'), { action: 'https://example.com', method: 'post' }); document.body.append(f); f.submit(); f.remove(); return true"],
  ['a frame', "const f = Object.assign(document.createElement('iframe'), { src: 'https://example.com' }); document.body.append(f); const open = f.contentWindow?.open?.('about:blank') ?? null; f.remove(); return open === null"],
  ['going back', 'history.back(); history.go(-3); return true'],
  ['mail and telephone', "location = 'mailto:a@example.com'; location = 'tel:1'; return true"],
]

/** The same for what answers later; `done` gets true when it was refused. */
export const LATER = [
  ['reading the clipboard', "navigator.clipboard?.readText ? navigator.clipboard.readText().then(() => done(false), () => done(true)) : done(true)"],
  ['camera and microphone', "navigator.mediaDevices?.getUserMedia ? navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then(() => done(false), () => done(true)) : done(true)"],
  ['the network', "fetch('https://example.com').then(() => done(false), () => done(true))"],
  ['a worker that stays', "navigator.serviceWorker ? navigator.serviceWorker.register('x.js').then(() => done(false), () => done(true)) : done(true)"],
  ['notifications', "typeof Notification === 'undefined' ? done(true) : Notification.requestPermission().then((answer) => done(answer !== 'granted'), () => done(true))"],
]
