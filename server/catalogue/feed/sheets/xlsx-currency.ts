/** Excel takes no longer one. */
const LONGEST_FORMAT = 255;
/** A sign or code in brackets, with the language or without: `[$$-409]`, `[$EUR]`. */
const IN_BRACKETS = /\[\$(\p{Sc}|[A-Z]{3})(?:-[\da-f]{1,8})?\]/iu;
const IN_TEXT = /[$€£¥]/;

/** The currency that numbers with this format are shown with, as a price names it; '' where it shows none. */
export function currencyOfFormat(id: string, formats: ReadonlyMap<string, string>): string {
  const code = formats.get(id)?.slice(0, LONGEST_FORMAT) ?? '';
  return IN_BRACKETS.exec(code)?.[1] ?? IN_TEXT.exec(code.replace(/\[[^\]]*\]/g, ''))?.[0] ?? '';
}
