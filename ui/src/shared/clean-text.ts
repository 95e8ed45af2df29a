// What is shown is what is there: no invisible characters, none that turn the text around, no towers of accents.

// Direction marks and overrides, tags, variation of nothing, soft hyphens, control characters except tab and line feed.
const HIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu
// Joiners are letters' business in Arabic and Indic scripts, and hold pictures together.
const JOINER = /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)(?<![\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200C\u200D]/gu
const TOWER = /(\p{M}{6})\p{M}+/gu
const HALF_PAIR = /\p{Surrogate}/gu

export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(HALF_PAIR, '\uFFFD')
    .replace(HIDDEN, '')
    .replace(JOINER, '')
    .replace(TOWER, '$1')
}
