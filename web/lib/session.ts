import type { Role } from './api/generated/graphql.ts';
import { queryClient } from './query-client.ts';

/** A key and its owner. */
export interface Session {
  key: string;
  role: Role;
  shop: string;
}

/** As tabs keep it and pass it on: with when it began, in milliseconds. */
type Begun = Session & { at?: number };

export type SessionState =
  /** While rendering on the server, and while a new tab asks the others. */
  | { phase: 'unknown' }
  /** `refused`: the server no longer accepts the key. */
  | { phase: 'out'; refused: boolean }
  | { phase: 'in'; session: Begun };

const NAME = 'armoire.session';
/** When somebody signed out last: for tabs that show another site meanwhile, and come back with their session. */
const ENDED = 'armoire.signed-out';

/**
 * A script that marks the page of a tab that is signed in, before any of it is shown: what everybody sees, with which
 * it arrives, can wait there for what they see themselves.
 */
export const MARK_SESSION = `try{const s=JSON.parse(sessionStorage.getItem('${NAME}'));if(s&&!((s.at||0)<localStorage.getItem('${ENDED}')))document.documentElement.dataset.signedIn=''}catch{}`;

/** What tabs of this site tell each other. */
type Message = 'ask' | 'ended' | Begun;

/** Other tabs answer within a few milliseconds; without an answer, nobody is signed in. */
const ANSWER_WITHIN_MS = 250;
const UNKNOWN: SessionState = { phase: 'unknown' };
const OUT: SessionState = { phase: 'out', refused: false };

let state: SessionState = UNKNOWN;
let tabs: Pick<BroadcastChannel, 'postMessage' | 'onmessage'> | undefined;
const listeners = new Set<() => void>();

/** The session is kept in the tab and shared with the site's other tabs. It ends with the last of them. */
export function sessionState(): SessionState {
  if (!tabs && typeof window !== 'undefined') {
    tabs = openChannel();
    tabs.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
    const session = read();
    if (session) state = { phase: 'in', session };
    else {
      tabs.postMessage('ask' satisfies Message);
      setTimeout(() => state.phase === 'unknown' && change(OUT), ANSWER_WITHIN_MS);
    }
  }
  return state;
}

/** Some browsers have no channels where they store nothing: each tab is then on its own. */
function openChannel(): NonNullable<typeof tabs> {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return { postMessage: () => undefined, onmessage: null };
  }
}

function hear(message: Message): void {
  if (message === 'ask') {
    if (state.phase === 'in') tabs?.postMessage(state.session);
  } else if (message === 'ended') {
    if (state.phase === 'in') leave(false);
  } else if (state.phase !== 'in') enter(message);
}

export function unknownSession(): SessionState {
  return UNKNOWN;
}

export function currentKey(): string | null {
  const now = sessionState();
  return now.phase === 'in' ? now.session.key : null;
}

/** Signs in, in all tabs. */
export function beginSession(session: Session): void {
  const begun: Begun = { ...session, at: Date.now() };
  enter(begun);
  tabs?.postMessage(begun);
}

/** Signs out, in all tabs. */
export function endSession(refused = false): void {
  leave(refused);
  noteEnd();
  tabs?.postMessage('ended' satisfies Message);
}

function noteEnd(): void {
  try {
    localStorage.setItem(ENDED, String(Date.now()));
  } catch {
    // The browser stores nothing, the sessions of other tabs neither.
  }
}

function enter(session: Begun): void {
  store(JSON.stringify(session));
  change({ phase: 'in', session });
}

function leave(refused: boolean): void {
  store(null);
  change({ phase: 'out', refused });
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Data loaded for one viewer must not be shown to another. */
function change(next: SessionState): void {
  const isAnother = state.phase === 'in' || next.phase === 'in';
  state = next;
  if (isAnother) queryClient().clear();
  for (const listener of listeners) listener();
}

function read(): Begun | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(NAME) ?? 'null');
    if (!isSession(stored)) return null;
    if ((stored.at ?? 0) >= Number(localStorage.getItem(ENDED))) return stored;
    store(null);
    return null;
  } catch {
    // The browser stores nothing, or the stored text is not ours: nobody is signed in.
    return null;
  }
}

function isSession(stored: unknown): stored is Begun {
  const { key, role, shop } = (stored ?? {}) as Record<keyof Session, unknown>;
  return [key, role, shop].every((text) => typeof text === 'string');
}

function store(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, text);
  } catch {
    // The session then lasts until the page is reloaded.
  }
}
