/**
 * Reports what visitors do, for the shop's insights: which recommendations they see, open and follow. No cookies and
 * nothing about the visitor. Staff who are signed in are not reported.
 */
import type { MouseEvent, RefCallback } from 'react';
import { type EventInput, type EventKind, recordEvents } from './api/insights.ts';
import { sessionState } from './session.ts';

const SEND_AFTER_MS = 2000;
/** The API takes no more at a time. */
const MOST = 100;
/** So much of it in view counts as seen. */
const IN_VIEW = 0.5;
const VISIT = 'armoire.visit';

let waiting: EventInput[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let hasBegun = false;

/** Reports an event, in a moment together with others. */
export function report(kind: EventKind, itemId?: string): void {
  if (!hasBegun) begin();
  waiting.push({ kind, ...(itemId !== undefined && { itemId }) });
  if (waiting.length >= MOST) send();
  else timer ??= setTimeout(send, SEND_AFTER_MS);
}

/** Spread on the element of a recommended item: it is reported when it is seen, and when one of its links is followed. */
export function watchItem(id: string) {
  return watch('SHOWN', 'OPENED', id);
}

/** Spread on the element of an outfit: see `watchItem`. */
export function watchOutfit() {
  return watch('OUTFIT_SHOWN', 'OUTFIT_USED');
}

function watch(seen: EventKind, used: EventKind, itemId?: string) {
  return {
    ref: whenSeen(seen, itemId),
    onClick: ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('a')) report(used, itemId);
    },
  };
}

/** Of elements that are not seen yet: what to report. */
const reports = new WeakMap<Element, () => void>();
/** The same function for the same item, or React would attach it anew at every render. */
const refs = new Map<string, RefCallback<Element>>();
let observer: IntersectionObserver | undefined;

function whenSeen(kind: EventKind, itemId?: string): RefCallback<Element> {
  const name = `${kind} ${itemId ?? ''}`;
  const known = refs.get(name);
  if (known) return known;
  const ref: RefCallback<Element> = (element) => {
    if (!element) return;
    observer ??= new IntersectionObserver(look, { threshold: IN_VIEW });
    reports.set(element, () => report(kind, itemId));
    observer.observe(element);
    return () => observer?.unobserve(element);
  };
  refs.set(name, ref);
  return ref;
}

function look(entries: IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    reports.get(target)?.();
    observer?.unobserve(target);
  }
}

function begin(): void {
  hasBegun = true;
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && send());
  if (isNewVisit()) waiting.push({ kind: 'VISITED' });
}

/** A visit is what one tab does until it is closed. */
function isNewVisit(): boolean {
  try {
    if (sessionStorage.getItem(VISIT)) return false;
    sessionStorage.setItem(VISIT, '1');
  } catch {
    // The browser stores nothing: each page that is loaded is a visit.
  }
  return true;
}

function send(): void {
  clearTimeout(timer);
  timer = undefined;
  // Whether somebody is signed in is only known a moment after the page has loaded.
  if (sessionState().phase === 'in') waiting = [];
  if (waiting.length > 0) recordEvents(waiting.splice(0, MOST));
  if (waiting.length > 0) timer = setTimeout(send, SEND_AFTER_MS);
}
