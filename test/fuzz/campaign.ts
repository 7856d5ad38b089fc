export interface Campaign {
  /** What was sent, by what came of it. */
  readonly counts: Readonly<Record<string, number>>;
  /** Each a line that says what broke, and how to see it again. */
  readonly faults: readonly string[];
}
