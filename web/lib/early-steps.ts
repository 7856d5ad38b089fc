/**
 * Steps through the history that come before the page's code. Between pages that were opened from each other, browsers change
 * the address alone, and leave the rest to code that is not there yet.
 */

declare global {
  interface Window {
    armoireSteps?: AbortController;
  }
}

/** Runs as text, so it uses nothing of this file. */
function reload(): void {
  const listening = new AbortController();
  const page = () => location.pathname + location.search;
  const first = page();
  window.addEventListener('popstate', () => page() !== first && location.reload(), {
    signal: listening.signal,
  });
  window.armoireSteps = listening;
}

/** The script that loads the page of the other address, until `takeSteps`. */
export const RELOAD_ON_STEPS = `(${reload})()`;

/** From now on, steps are for the page's own code. */
export function takeSteps(): void {
  window.armoireSteps?.abort();
}
