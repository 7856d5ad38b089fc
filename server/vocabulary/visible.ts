import { normalForm, wellFormed } from './text.ts';

/** Control characters are of no use in a text, and Postgres rejects NUL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Zero-width spaces, byte order marks, soft hyphens and marks of direction. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/g;
/** Joiners decide how letters look in Arabic and Indic scripts and what emoji are. Elsewhere they are invisible, too. */
const JOINERS =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]/gu;
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/** Without characters that nobody sees: terminals and pages do as they say. Line breaks and tabs stay. */
export function visible(text: string): string {
  return wellFormed(text).replace(CONTROL, '').replace(INVISIBLE, '').replace(JOINERS, '');
}

/** With single spaces in place of line breaks and of rows of spaces. */
export function oneLine(text: string): string {
  return text.replace(SPACES, ' ').replace(/\s+/g, ' ').trim();
}

/** A name, a label or a note as a person gave it: what is seen of it, composed (NFC) and on one line. */
export function nameText(given: string): string {
  return oneLine(normalForm(visible(given), 'NFC'));
}
