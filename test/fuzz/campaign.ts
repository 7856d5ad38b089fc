export interface CampaignOptions {
  /** The same seed makes the same cases. */
  readonly seed: number;
  readonly count: number;
}

export interface Report {
  /** How many cases ended how: by the code of their error, or `ok`. */
  readonly counts: ReadonlyMap<string, number>;
  /** What must not be: each with what was sent, so that it can be sent again. */
  readonly findings: readonly string[];
}

export type Campaign = (options: CampaignOptions) => Promise<Report>;
