import type { Refusal } from './refusal.ts';
import { flush, report } from './report.ts';

export type WidgetName = 'similar' | 'outfits' | 'photo-search';

/** What the events say, for the shop's own code. `of` is the item that the widget was made for; null for a photo. */
export interface WidgetEvents {
  'armoire:view': { widget: WidgetName; of: string | null; item?: string; outfit?: string };
  'armoire:click': {
    widget: WidgetName;
    of: string | null;
    item: string;
    link: string | null;
    outfit?: string;
  };
  'armoire:empty': { widget: WidgetName; of: string | null };
  'armoire:error': { widget: WidgetName; of: string | null; code: string; message: string };
}

/** Dispatches an event that leaves the shadow tree. Returns false if the page prevented what would follow. */
export function tell<Name extends keyof WidgetEvents>(
  from: Element,
  name: Name,
  detail: WidgetEvents[Name],
): boolean {
  return from.dispatchEvent(
    new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === 'armoire:click' }),
  );
}

export function tellEmpty(from: Element, widget: WidgetName, of: string | null): void {
  report('WIDGET_EMPTY');
  tell(from, 'armoire:empty', { widget, of });
}

export function tellError(from: Element, widget: WidgetName, of: string | null, error: Refusal): void {
  const { code, message } = error;
  report('WIDGET_FAILED');
  console.warn(`Armoire: ${code}: ${message}`);
  tell(from, 'armoire:error', { widget, of, code, message });
}

/** A link or button of an item: tells when it is followed. A page that changes by itself prevents the event's default. */
export function tellClicks(link: HTMLElement, detail: WidgetEvents['armoire:click']): void {
  link.addEventListener('click', (event) => {
    report(detail.link ? 'CLICKED_OUT' : 'OPENED', detail.item);
    if (detail.outfit) report('OUTFIT_USED');
    flush();
    if (!tell(link, 'armoire:click', detail)) event.preventDefault();
  });
}
