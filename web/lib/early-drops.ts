/**
 * Photos dropped on a page, or pasted into it, before its code has come. A script in the page itself holds them:
 * without it, the browser would leave the page and show the file.
 */

interface Holder {
  held: DataTransfer | null;
  stop(): void;
}

declare global {
  interface Window {
    armoireDrops?: Holder;
  }
}

/** Files, or the address of a picture dragged from another page, but not text. */
export function brings(transfer: DataTransfer | null): boolean {
  const types = transfer?.types ?? [];
  return types.includes('Files') || types.includes('text/uri-list');
}

/** A link pasted into a field belongs to the field. */
export function isForField({ target, clipboardData }: ClipboardEvent): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input, textarea, select, [contenteditable]') &&
    clipboardData?.files.length === 0
  );
}

/** Runs as text, so it uses nothing of this file that it is not given. */
function hold(bringsAny: typeof brings, isOfField: typeof isForField): void {
  const listening = new AbortController();
  const holder: Holder = { held: null, stop: () => listening.abort() };
  // What an event brings can only be read while it happens.
  const keep = (transfer: DataTransfer | null) => {
    if (!transfer) return;
    holder.held = new DataTransfer();
    for (const file of transfer.files) holder.held.items.add(file);
    for (const type of ['text/html', 'text/uri-list', 'text/plain']) {
      const text = transfer.getData(type);
      if (text) holder.held.setData(type, text);
    }
  };
  const { signal } = listening;
  window.addEventListener('dragover', (event) => bringsAny(event.dataTransfer) && event.preventDefault(), {
    signal,
  });
  window.addEventListener(
    'drop',
    (event) => {
      if (!bringsAny(event.dataTransfer)) return;
      event.preventDefault();
      keep(event.dataTransfer);
    },
    { signal },
  );
  window.addEventListener('paste', (event) => isOfField(event) || keep(event.clipboardData), { signal });
  window.armoireDrops = holder;
}

/** The script that does so until `takeEarlyDrop`. */
export const HOLD_DROPS = `(${hold})(${brings},${isForField})`;

/** What was given last before the page's code had come. From now on, it is for the page's own listeners. */
export function takeEarlyDrop(): DataTransfer | null {
  const holder = window.armoireDrops;
  delete window.armoireDrops;
  holder?.stop();
  return holder?.held ?? null;
}
