// Texts that would run or fetch something wherever a page took them for more than text. Written by families; over 300, no two alike.

/** What a payload does when it runs: it leaves a trace that a test sees. */
export const CALL = 'window.__hit=1'
const EVENTS = ['onerror', 'onload', 'onclick', 'onfocus', 'onmouseover', 'ontoggle', 'onanimationstart', 'onpointerdown']
const HOLDERS = ['img src=x', 'svg', 'body', 'input autofocus', 'details open', 'video src=x', 'audio src=x', 'marquee', 'iframe', 'object data=x', 'select autofocus', 'math']
const SCHEMES = ['javascript:', 'JaVaScRiPt:', 'java\tscript:', 'data:text/html,', 'vbscript:', 'file:///', '//127.0.0.1:9/']
const LINKS = ['<a href="@">x</a>', '<iframe src="@"></iframe>', '<form action="@"><button>x</button></form>', '<base href="@">', '[x](@)', '![x](@)', '<@>', '<link rel=stylesheet href="@">']
const TAGS = [
  '<script>@</script>',
  '<SCRIPT>@</SCRIPT>',
  '<scr<script>ipt>@</scr</script>ipt>',
  '<style>@import "x"</style>',
  '<template><script>@</script></template>',
  '<noscript><p title="</noscript><script>@</script>">',
  '<meta http-equiv=refresh content="0;url=x">',
  '<object data=x></object>',
  '<embed src=x>',
  '<textarea></textarea><script>@</script>',
  '<![CDATA[<script>@</script>]]>',
  '<!--><script>@</script>-->',
]
const BREAKS = ['">', "'>", '`>', '</p>', '</title>', '</textarea>', '-->', ']]>', '}}', '{@html "', '${', '{{', '</bdi>']

function payloads() {
  const plain = [
    ...EVENTS.flatMap((event) => HOLDERS.map((holder) => `<${holder} ${event}=${CALL}>`)),
    ...LINKS.flatMap((link) => SCHEMES.map((scheme) => link.replace('@', `${scheme}${CALL}`))),
    ...TAGS.map((tag) => tag.replaceAll('@', CALL)),
    ...BREAKS.flatMap((end) => [`${end}<img src=x onerror=${CALL}>`, `${end}${CALL}//`]),
  ]
  const some = plain.filter((_one, index) => index % 5 === 0)
  const encoded = [
    ...some.map((one) => one.replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
    ...some.map((one) => [...one].map((letter) => `&#${letter.codePointAt(0)};`).join('')),
    ...some.map((one) => encodeURIComponent(one)),
    ...some.map((one) => [...one].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')),
    ...some.map((one) => one.replaceAll('<', '\uFF1C').replaceAll('>', '\uFF1E')),
  ]
  return [...new Set([...plain, ...encoded])]
}

export const PAYLOADS = payloads()

/** Attributes through which an element loads, sends or leads somewhere. */
export const LOADING = ['src', 'srcset', 'srcdoc', 'href', 'xlink:href', 'action', 'formaction', 'data', 'background', 'poster']
