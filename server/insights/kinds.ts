/** What is counted. The database keeps these names. */

/** What pages, widgets and a shop's own code report by `recordEvents`. */
export const EVENT_KINDS = [
  'visited',
  'shown',
  'opened',
  'clicked_out',
  'added',
  'outfit_shown',
  'outfit_used',
  'widget_empty',
  'widget_failed',
] as const;
export type EventKindName = (typeof EVENT_KINDS)[number];

export const ITEM_KINDS = ['shown', 'opened', 'clicked_out', 'added'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

export type CountKind =
  | EventKindName
  /** Visits in which an item was added, for the hold-out. */
  | 'added_visit'
  /** Events with an item that the shop does not have. They count as nothing else. */
  | 'unknown_item'
  | 'photo'
  | 'photo_without_garments'
  /** By category. */
  | 'garment'
  /** With a garment of a shopper's photo; with an item or one of its garments. */
  | 'search'
  | 'item_search'
  /** These three are of searches with a shopper's garment. `confidence` is by tenth: '7' is 0.7 to 0.8. */
  | 'zero_result'
  | 'low_confidence'
  | 'confidence';

export type ArmName = 'shown' | 'held_out';

/** The source of requests without a key: the shop's pages here. */
export const PAGES = 'pages';

/** A search whose best match scores less is a low-confidence search. */
export const LOW_CONFIDENCE = 0.5;

const MS_PER_DAY = 86_400_000;

/** The day in UTC, such as 2026-11-29, `ago` days before `time`. */
export function dayOf(time: number, ago = 0): string {
  return new Date(time - ago * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Both days included. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY) + 1;
}
