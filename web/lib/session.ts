import type { Role } from './api/generated/graphql.ts';
import { queryClient } from './query-client.ts';

/** A key and its owner. */
export interface Session {
  key: string;
  role: Role;
  shop: string;
}

export type SessionState =
  /** While rendering on the server. */
  | { phase: 'unknown' }
  /** `refused`: the server no longer accepts the key. */
  | { phase: 'out'; refused: boolean }
  | { phase: 'in'; session: Session };

const NAME = 'armoire.session';
const UNKNOWN: SessionState = { phase: 'unknown' };

let state: SessionState = UNKNOWN;
const listeners = new Set<() => void>();

/** The session of this tab. It ends with the tab, and no other site or tab sees it. */
export function sessionState(): SessionState {
  if (state.phase === 'unknown' && typeof window !== 'undefined') state = read();
  return state;
}

export function unknownSession(): SessionState {
  return UNKNOWN;
}

export function currentKey(): string | null {
  const now = sessionState();
  return now.phase === 'in' ? now.session.key : null;
}

export function beginSession(session: Session): void {
  store(JSON.stringify(session));
  change({ phase: 'in', session });
}

export function endSession(refused = false): void {
  store(null);
  change({ phase: 'out', refused });
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Data loaded for one viewer must not be shown to another. */
function change(next: SessionState): void {
  state = next;
  queryClient().clear();
  for (const listener of listeners) listener();
}

function read(): SessionState {
  try {
    const session: Session | null = JSON.parse(sessionStorage.getItem(NAME) ?? 'null');
    if (session) return { phase: 'in', session };
  } catch {
    // The browser stores nothing, or the stored text is not ours: nobody is signed in.
  }
  return { phase: 'out', refused: false };
}

function store(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, text);
  } catch {
    // The session then lasts until the page is reloaded.
  }
}
