const NUL = /\0/g;

/**
 * The text as every database and every JSON reader takes it: without the character NUL, which PostgreSQL cannot keep,
 * and with U+FFFD in the place of each lone surrogate, which is no character. All text from outside passes through
 * here where it enters.
 */
export function wellFormed(text: string): string {
  return (text.isWellFormed() ? text : text.toWellFormed()).replace(NUL, '');
}

/** A letter has at most so many accents: Unicode's own limit for streams (UAX 15, Stream-Safe Text Format). */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/**
 * The text in a normal form of Unicode. Accents after the thirtieth on one letter are left out: sorting them takes time
 * that grows with the square of their number.
 */
export function normalForm(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return text.replace(TOO_MANY_MARKS, '$1').normalize(form);
}

export function isWellFormed(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
