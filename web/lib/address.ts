/** Sets search parameters of the current address (null or an empty list removes one) without a new history entry. */
export function replaceParameters(change: Record<string, string | readonly string[] | null>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    url.searchParams.delete(name);
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      if (one) url.searchParams.append(name, one);
    }
  }
  window.history.replaceState(null, '', url);
}
