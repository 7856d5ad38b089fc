import type { EventArm, EventInput } from '../lib/api/generated/graphql.ts';
import { WidgetEvents } from '../lib/api/generated/widget/WidgetEvents.ts';
import { authorization, send, settings } from './settings.ts';

const SEND_AFTER_MS = 2000;
/** The API takes no more at a time. */
const MOST = 100;
/** In session storage: nothing but which part of the visitors the visit belongs to, and whether something was added. */
const VISIT = 'armoire.widget.visit';
const ADDED = 'armoire.widget.added';
const NO_ARM = 'ALL';

const waiting: EventInput[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
/** Of this visit, once it is known: the events wait for it. */
let arm: EventArm | typeof NO_ARM | undefined;
let hasAdded = false;

/** Whether the visit has begun, on this page or one before it. */
export function isVisiting(): boolean {
  arm ??= read(VISIT) as typeof arm;
  return arm !== undefined;
}

/** Begins the visit, unless it has begun before. Returns whether recommendations are shown in it. */
export function beginVisit(holdOut: number): boolean {
  if (!isVisiting()) {
    arm = holdOut > 0 ? (Math.random() < holdOut ? 'HELD_OUT' : 'SHOWN') : NO_ARM;
    write(VISIT, arm);
    report('VISITED');
  }
  return arm !== 'HELD_OUT';
}

/** Reports an event to the shop's insights, in a moment together with others. */
export function report(kind: EventInput['kind'], itemId?: string): void {
  if (settings().report === false) return;
  waiting.push({ kind, ...(itemId && { itemId }) });
  timer ??= setTimeout(flush, SEND_AFTER_MS);
}

/** Sends what waits, also while the page is left. */
export function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  // Of a key that is refused, or an API that is not reached, nothing is known and nothing can be told.
  if (!isVisiting() || waiting.length === 0) return;
  const events = waiting.splice(0, MOST).map((event) => ({
    ...event,
    ...(arm !== NO_ARM && { arm }),
    ...(event.kind === 'ADDED' && isFirstAdded() && { isFirst: true }),
  }));
  send('/graphql', {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json', ...authorization() },
    body: JSON.stringify({ query: WidgetEvents, variables: { events } }),
  }).catch(() => undefined);
  if (waiting.length > 0) flush();
}

/** Whether it is the visit's first. Asked as it is sent: what is added before the visit has begun may never be told. */
function isFirstAdded(): boolean {
  const isFirst = !hasAdded && !read(ADDED);
  hasAdded = true;
  write(ADDED, '1');
  return isFirst;
}

/** The shop's own code says by an event `armoire:added` on the document what was put into the basket. */
export function listen(): void {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush());
  document.addEventListener('armoire:added', (event) => {
    const { item } = (event as CustomEvent<{ item?: unknown }>).detail ?? {};
    if (typeof item === 'string') report('ADDED', item);
  });
}

function read(name: string): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // The browser stores nothing: each page that is loaded is a visit.
  }
}
