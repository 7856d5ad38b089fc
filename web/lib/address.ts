type Change = Record<string, string | readonly string[] | null>;

/** Sets search parameters of the current address (null or an empty list removes one) without a new history entry. */
export function replaceParameters(change: Change): void {
  window.history.replaceState(null, '', withParameters(change));
}

/** The same with a new history entry, so that the browser's back button takes it back. */
export function pushParameters(change: Change): void {
  const url = withParameters(change);
  if (url.href !== window.location.href) window.history.pushState(null, '', url);
}

function withParameters(change: Change): URL {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(change)) {
    url.searchParams.delete(name);
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      if (one) url.searchParams.append(name, one);
    }
  }
  return url;
}
