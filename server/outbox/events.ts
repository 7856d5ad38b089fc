/** What a shop's own systems can be told of, as it is written in deliveries. */
export const EVENT_TYPES = ['import.finished', 'item.failed', 'model.promoted'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface ImportFinished {
  readonly importId: string;
  readonly name: string;
  readonly kind: 'feed' | 'slots' | 'images';
  /** More than 1 after `retryImport`. */
  readonly attempt: number;
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly failure: string | null;
  readonly rowsTotal: number;
  readonly rowsRejected: number;
  readonly rowsUnchanged: number;
  readonly itemsReady: number;
  readonly itemsFailed: number;
  readonly itemsCancelled: number;
  readonly itemsDeleted: number;
  readonly warnings: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** One item; a delivery has up to a hundred of an import. */
export interface ItemFailed {
  readonly itemId: string;
  readonly row: number;
  readonly code: string;
  readonly reason: string;
  /** Whether the item stays as it was: only its pictures were asked for or looked at again. */
  readonly kept: boolean;
}

export interface ModelPromoted {
  /** As in the query `models`. */
  readonly modelId: string;
  readonly name: string;
  /** Whether it was in use before. */
  readonly rolledBack: boolean;
}

/** What happened in a shop. */
export type NewEvent =
  | { readonly type: 'import.finished'; readonly importId: string; readonly data: ImportFinished }
  | {
      readonly type: 'item.failed';
      readonly importId: string;
      readonly itemId: string;
      readonly data: ItemFailed;
    }
  | { readonly type: 'model.promoted'; readonly data: ModelPromoted };
