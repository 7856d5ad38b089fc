/** What the process that renders the pages gives them; server/pages.ts sets it. */
interface Bridge {
  readonly publicOrigin: string | null;
  answer(query: { query: string; variables: unknown }): Promise<{ status: number; body: unknown }>;
}

/** Undefined in browsers. */
export function serverBridge(): Bridge | undefined {
  return (globalThis as { [name: symbol]: unknown })[Symbol.for('armoire.pages')] as Bridge | undefined;
}
