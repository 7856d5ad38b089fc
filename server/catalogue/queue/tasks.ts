/** Something to be done for a job. */
export interface JobTask {
  readonly shopId: string;
  readonly jobId: string;
  /** Of the job: an import that is tried again has tasks of its own, whatever becomes of the earlier ones. */
  readonly attempt: number;
}

/** Read the feed of a job. Its file, or the folder that it names, is found by the job's id. */
export type FeedTask = JobTask;

export interface ItemKey extends JobTask {
  readonly itemId: string;
}

/** Parse the images of one item. Small enough to be a row of the queue; the bytes stay where the feed is. */
export interface ItemTask extends ItemKey {
  readonly row: number;
  /** The item's `content_hash` in hex: another one in the table means that a later feed changed the row. */
  readonly hash: string;
  /** Paths beside the feed, or http(s) URLs. */
  readonly images: readonly string[];
  /** What the feed says of the item's category, for the choice of its primary garment. */
  readonly title: string;
  readonly googleProductCategory?: string | undefined;
  readonly productType?: string | undefined;
}

/** Remove an image's file, if nothing uses it by then. */
export interface FileTask {
  readonly sha256: string;
}
