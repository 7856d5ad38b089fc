/** Work to be done for a job. */
export interface JobTask {
  readonly shopId: string;
  readonly jobId: string;
  /** The job's attempt: a retried import has tasks of its own, whatever happens to the earlier ones. */
  readonly attempt: number;
}

/** Reads the feed of a job. Its file, or the folder that it names, is found by the job's id. */
export type FeedTask = JobTask;

export interface ItemKey extends JobTask {
  readonly itemId: string;
}

/** Parses the images of one item. Small enough for a row of the queue; the image bytes stay with the feed. */
export interface ItemTask extends ItemKey {
  readonly row: number;
  /** The item's `content_hash` in hex. If the table has a different one, a later feed has changed the row. */
  readonly hash: string;
  /** Paths beside the feed, or http(s) URLs. */
  readonly images: readonly string[];
  /** The feed's category of the item, for the choice of its primary garment. */
  readonly title: string;
  readonly googleProductCategory?: string | undefined;
  readonly productType?: string | undefined;
  /**
   * A slot of the shop has changed: the item's stored images are looked at again, and what the feed says is read from
   * its row in the database. The fields from `hash` on are empty.
   */
  readonly again?: true | undefined;
  /**
   * The item's pictures are asked for again at their addresses, and while it has the `hash` those of `images` that it
   * lacks. The title is empty, too. It is how the item ends if they are as before: `ready` if the feed has changed
   * something else of it.
   */
  readonly refresh?: 'unchanged' | 'ready' | undefined;
}

/** A task for an item that is as it is stored, whose fields from `hash` on are empty. */
export function storedItemTask(
  { shopId, jobId, attempt }: JobTask,
  itemId: string,
  row: number,
  kind: Pick<ItemTask, 'again'> | Pick<ItemTask, 'refresh'>,
): ItemTask {
  return { shopId, jobId, attempt, itemId, row, hash: '', images: [], title: '', ...kind };
}

/** Removes an image's file if nothing uses it by then. */
export interface FileTask {
  readonly sha256: string;
}

/** Delivers what is due to an endpoint of a shop's webhooks. */
export interface EndpointTask {
  readonly shopId: string;
  readonly endpointId: string;
}
