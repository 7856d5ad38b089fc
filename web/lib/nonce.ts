/** The nonce of the page's scripts, for a library that adds a sheet of its own. Empty on the server. */
export function scriptNonce(): string {
  if (typeof document === 'undefined') return '';
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}
