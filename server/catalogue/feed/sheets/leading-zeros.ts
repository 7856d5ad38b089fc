/** Excel takes no longer one. */
const LONGEST_FORMAT = 255;
/** Of positive numbers, without the language in brackets and the room for a bracket: `[$-409]00000_)`. */
const PLAIN_DIGITS = /^(?:\[\$-[\da-f]{1,8}\])?(0{2,40})(?:_\))?(?:;|$)/i;

/** How many digits a number with this format is shown with: 5 of `00000`; 0 where the format says nothing of it. */
export function leastDigits(id: string, formats: ReadonlyMap<string, string>): number {
  return PLAIN_DIGITS.exec(formats.get(id)?.slice(0, LONGEST_FORMAT) ?? '')?.[1]?.length ?? 0;
}

/** What is shown, where it is the number with leading zeros, such as an article's number. */
export function withLeadingZeros(value: string, shown: string): string {
  return /^0\d{1,39}$/.test(shown) && /^\d+$/.test(value) && Number(shown) === Number(value) ? shown : value;
}
