import { afterEach, expect, test, vi } from 'vitest';
import type { EventInput } from '../../../../web/lib/api/generated/graphql.ts';

afterEach(() => vi.unstubAllGlobals());

/** The widget on a page of the shop: what it sends, and how something is added to the basket. */
async function openPage(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  vi.resetModules();
  const page = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('sessionStorage', storage);
  const { setSettings } = await import('../../../../web/widget/settings.ts');
  const { beginVisit, flush, listen } = await import('../../../../web/widget/report.ts');
  const sent: EventInput[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    sent.push(...JSON.parse(String(init?.body)).variables.events);
    return new Response();
  };
  setSettings({ api: 'https://armoire.example', fetch: fetch as typeof globalThis.fetch });
  listen();
  const add = (item: string) => page.dispatchEvent(new CustomEvent('armoire:added', { detail: { item } }));
  return { sent, add, beginVisit, flush };
}

function makeStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}

test('the first item that a visit adds is told as such, once', async () => {
  const storage = makeStorage();
  // Left before the visit has begun: nothing is told of it.
  const before = await openPage(storage);
  before.add('a');
  before.flush();
  expect(before.sent).toEqual([]);

  const page = await openPage(storage);
  page.beginVisit(0.5);
  page.add('b');
  page.add('c');
  page.flush();
  const arm = expect.stringMatching(/^(?:SHOWN|HELD_OUT)$/);
  expect(page.sent).toEqual([
    { kind: 'VISITED', arm },
    { kind: 'ADDED', itemId: 'b', arm, isFirst: true },
    { kind: 'ADDED', itemId: 'c', arm },
  ]);

  const next = await openPage(storage);
  next.add('d');
  next.flush();
  expect(next.sent).toEqual([{ kind: 'ADDED', itemId: 'd', arm }]);
});

test('where the browser stores nothing, each page has one first item', async () => {
  const refuse = () => {
    throw new Error('Access is denied for this document.');
  };
  const page = await openPage({ getItem: refuse, setItem: refuse });
  page.beginVisit(0);
  page.add('a');
  page.add('b');
  page.flush();
  expect(page.sent.filter(({ isFirst }) => isFirst)).toEqual([{ kind: 'ADDED', itemId: 'a', isFirst: true }]);
});
