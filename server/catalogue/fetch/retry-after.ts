/** Milliseconds that a Retry-After header asks for, in whole seconds: it has their number, however large, or a date. 0 if it says nothing. */
export function retryAfterMs(header: string, now = Date.now(), otherwise = 0): number {
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Of digits and signs alone, Date.parse makes dates of its own.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? otherwise : Math.max(0, Math.ceil((at - now) / 1000) * 1000);
}
