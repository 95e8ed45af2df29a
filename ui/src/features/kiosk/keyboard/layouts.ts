// Keyboards as data: rows of keys from left to right, as people of each language know them.

export type Layout = {
  /** Three rows; keys are divided by spaces. */
  rows: [string, string, string]
  /** The same keys with shift, where these are not their capital letters. */
  shifted?: [string, string, string]
  /** Signs beside the space bar. */
  marks?: [string, string]
}

const QWERTY: [string, string, string] = ['q w e r t y u i o p', 'a s d f g h j k l', 'z x c v b n m']

export const LAYOUTS: Record<string, Layout> = {
  en: { rows: QWERTY, marks: ['’', '?'] },
  de: { rows: ['q w e r t z u i o p ü', 'a s d f g h j k l ö ä', 'y x c v b n m ß'] },
  fr: { rows: ['a z e r t y u i o p', 'q s d f g h j k l m', 'w x c v b n é è ç à'], marks: ['’', '?'] },
  es: { rows: ['q w e r t y u i o p', 'a s d f g h j k l ñ', 'z x c v b n m á é í ó'], marks: ['¿', '?'] },
  it: { rows: ['q w e r t y u i o p', 'a s d f g h j k l', 'z x c v b n m à è ò ù'], marks: ['’', '?'] },
  nl: { rows: QWERTY, marks: ['’', '?'] },
  sv: { rows: ['q w e r t y u i o p å', 'a s d f g h j k l ö ä', 'z x c v b n m'] },
  pl: { rows: ['q w e r t y u i o p', 'a s d f g h j k l ł', 'z x c v b n m ą ę ó ż'] },
  pt: { rows: ['q w e r t y u i o p', 'a s d f g h j k l ç', 'z x c v b n m á ã é ó'] },
  tr: { rows: ['q w e r t y u ı o p ğ ü', 'a s d f g h j k l ş i', 'z x c v b n m ö ç'] },
  ar: {
    rows: ['ض ص ث ق ف غ ع ه خ ح ج', 'ش س ي ب ل ا ت ن م ك ط', 'ئ ء ؤ ر ى ة و ز ظ د ذ'],
    shifted: ['َ ً ُ ٌ ِ ٍ ّ ْ خ ح ج', 'ش س ي ب ل أ ت ن م ك ط', 'ئ ء ؤ ر آ ة و ز ظ إ ذ'],
    marks: ['،', '؟'],
  },
  he: { rows: ['ק ר א ט ו ן ם פ', 'ש ד ג כ ע י ח ל ך ף', 'ז ס ב ה נ מ צ ת ץ'], shifted: ['ק ר א ט ו ן ם פ', 'ש ד ג כ ע י ח ל ך ף', 'ז ס ב ה נ מ צ ת ץ'] },
}

/** The second layer, the same in every language. */
export const SIGNS: Layout = {
  rows: ['1 2 3 4 5 6 7 8 9 0', '- / : ; ( ) € £ $ & @', '. , ? ! ’ " + * # _ %'],
  shifted: ['1 2 3 4 5 6 7 8 9 0', '- / : ; ( ) € £ $ & @', '. , ? ! ’ " + * # _ %'],
}

/** For the number of an order: large digits and the dash. */
export const DIGITS = ['1 2 3', '4 5 6', '7 8 9', '- 0 /']

/** What a long press on a letter offers. */
export const ACCENTS: Record<string, string> = {
  a: 'à á â ä ã å æ ą',
  c: 'ç ć č',
  d: 'ð',
  e: 'è é ê ë ę ě',
  g: 'ğ',
  i: 'ì í î ï ı',
  ı: 'i',
  l: 'ł',
  n: 'ñ ń',
  o: 'ò ó ô ö õ ø œ',
  r: 'ř',
  s: 'ß ś š ş',
  t: 'þ',
  u: 'ù ú û ü ů',
  y: 'ý ÿ',
  z: 'ź ż ž',
  ا: 'أ إ آ ٱ',
  ل: 'لا',
  ه: 'ة',
  ي: 'ى ئ',
  و: 'ؤ',
  '’': '\' "',
  '?': '! ¿',
  '!': '¡',
  '.': ', ! :',
  '€': '£ $ ₺ zł kr',
}

export type Key = { lower: string; upper: string; accents: { lower: string; upper: string }[] }

/** The keys of a layout, each with its shifted form and what lies behind it. */
export function keysOf(layout: Layout, language: string): Key[][] {
  return layout.rows.map((row, index) => {
    const shifted = layout.shifted?.[index]?.split(' ')
    return row.split(' ').map((lower, place) => makeKey(lower, shifted?.[place], language))
  })
}

export function makeKey(lower: string, shifted: string | undefined, language: string): Key {
  const raise = (text: string) => (text === 'ß' ? 'ẞ' : text.toLocaleUpperCase(language))
  const accents = (ACCENTS[lower] ?? '').split(' ').filter(Boolean)
  return { lower, upper: shifted ?? raise(lower), accents: accents.map((one) => ({ lower: one, upper: raise(one) })) }
}

export function layoutFor(language: string): Layout {
  return LAYOUTS[language] ?? (LAYOUTS['en'] as Layout)
}
