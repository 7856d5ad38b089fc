const NUL = /\0/g;

/**
 * The text as every database and every JSON reader takes it: without the character NUL, which PostgreSQL cannot keep,
 * and with U+FFFD in the place of each lone surrogate, which is no character. All text from outside passes through
 * here where it enters.
 */
export function wellFormed(text: string): string {
  return (text.isWellFormed() ? text : text.toWellFormed()).replace(NUL, '');
}

export function isWellFormed(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
