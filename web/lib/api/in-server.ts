/** What the process that renders the pages provides to them; set by server/pages.ts. */
interface Bridge {
  readonly publicOrigin: string | null;
  /** The page that is being rendered answers 404. */
  setNotFound(): void;
  /** Of the page that is being rendered: scripts without it do not run. */
  readonly nonce: string;
  /** Whether a page that the visitor is on asks for the content of the next, not the browser for a whole page. */
  isWithinVisit(): boolean;
  answer(query: { query: string; variables: unknown }): Promise<{ status: number; body: unknown }>;
}

const BRIDGE = Symbol.for('armoire.pages');

/** Undefined in browsers. */
export function serverBridge(): Bridge | undefined {
  return Reflect.get(globalThis, BRIDGE) as Bridge | undefined;
}
