import type { Viewer } from '../access/viewer.ts';
import type { Database } from '../db/database.ts';
import { BusyError } from '../errors/errors.ts';
import type { Recorder, SearchOutcome } from '../garments/recorder.ts';
import type { Log } from '../log.ts';
import type { CheckedEvent } from './check-events.ts';
import { type ArmName, type CountKind, dayOf, LOW_CONFIDENCE, PAGES } from './kinds.ts';
import { makeRecent } from './recent.ts';
import { Tally } from './tally.ts';
import { writeTally } from './write.ts';

/**
 * Long enough that events of one item are written as one row, and no more than this is lost if the process is killed.
 * 3,000 events of 1,000 items take the embedded database half the time that they take in five writes, one a second.
 */
const FLUSH_MS = 5000;
/**
 * After a write, the next waits a hundred times as long as it took: on the embedded database one search in a hundred meets
 * one, and what happens meanwhile mostly adds to the same rows.
 */
const PAUSE_PER_WRITE = 100;
const MOST_PAUSE_MS = 60_000;
/** Rows in one transaction: the embedded database has one connection, for which searches wait. */
const ROWS_AT_ONCE = 1000;
/** Rows that wait. Beyond it events are refused with BUSY, and searches are not counted. */
const MOST_WAITING = 50_000;
/** Of one shop, so that the events of one, which may send any number with its own keys, do not keep out those of all others. */
const MOST_OF_SHOP = 20_000;
/** Then a tally is given up, so that a fault of it does not keep others from being written. */
const MOST_FAILURES = 120;
/** What shoppers change about a search, such as a filter, belongs to the same search for so long. */
const SAME_SEARCH_MS = 60_000;
const DAY_MS = 86_400_000;

export interface InsightsRecorder extends Recorder {
  /** Throws BusyError if too much waits to be written. */
  events(viewer: Viewer, events: readonly CheckedEvent[]): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Adds up what happens in memory and writes it every few seconds, a part of a shop's at a time. */
export function openRecorder(db: Database, log: Log, flushMs = FLUSH_MS): InsightsRecorder {
  let tallies = new Map<string, Tally>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let pauseMs = flushMs;
  const searches = makeRecent({ forMs: SAME_SEARCH_MS, most: 20_000 });
  const found = makeRecent({ forMs: DAY_MS, most: 200_000 });

  const isFull = (shopId: string) =>
    (tallies.get(shopId)?.size ?? 0) >= MOST_OF_SHOP ||
    [...tallies.values()].reduce((sum, { size }) => sum + size, 0) >= MOST_WAITING;
  const tallyOf = (shopId: string): Tally => {
    timer ??= flushLater();
    const tally = tallies.get(shopId) ?? new Tally();
    tallies.set(shopId, tally);
    return tally;
  };

  function flushLater(): NodeJS.Timeout {
    return setTimeout(() => void flush(), pauseMs).unref();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeAndPause);
    return writing;
  }

  async function writeAndPause(): Promise<void> {
    const began = performance.now();
    const isWritten = await writeAll();
    const longer = isWritten ? PAUSE_PER_WRITE * (performance.now() - began) : 0;
    pauseMs = Math.max(flushMs, Math.min(MOST_PAUSE_MS, longer));
    if (!timer) return;
    // What came during the write waits as long after it as what comes now.
    clearTimeout(timer);
    timer = flushLater();
  }

  /** Whether nothing of it failed. */
  async function writeAll(): Promise<boolean> {
    const taken = tallies;
    tallies = new Map();
    const parts = [...taken].flatMap(([shopId, tally]) =>
      tally.split(ROWS_AT_ONCE).map((part) => [shopId, part] as const),
    );
    const reported = new Set<string>();
    let isWritten = true;
    for (const [shopId, tally] of parts) {
      try {
        await db.as('insights').inShop(shopId, (tx) => writeTally(tx, shopId, tally));
      } catch (error) {
        isWritten = false;
        tally.failures += 1;
        const isGivenUp = tally.failures >= MOST_FAILURES;
        if ((tally.failures === 1 || isGivenUp) && !reported.has(shopId)) {
          reported.add(shopId);
          log.error(isGivenUp ? 'Counts for insights are lost.' : 'Counts for insights wait.', error);
        }
        if (isGivenUp) continue;
        const newer = tallyOf(shopId);
        newer.addAll(tally);
      }
    }
    return isWritten;
  }

  return {
    photo(viewer, garments) {
      if (isFull(viewer.shopId)) return;
      const count = counter(tallyOf(viewer.shopId), viewer);
      count('photo');
      if (garments.length === 0) count('photo_without_garments');
      for (const { category } of garments) if (category !== null) count('garment', String(category));
    },
    search(viewer, outcome) {
      const { shopId } = viewer;
      if (isFull(shopId)) return;
      const { target, itemIds } = outcome;
      const day = dayOf(Date.now());
      const fresh = itemIds.filter((id) => found.isNew(`${shopId} ${day} ${id}`));
      const isNew = searches.isNew(`${shopId} ${viewer.client} ${target.kind} ${target.id}`);
      if (fresh.length === 0 && !isNew) return;
      const tally = tallyOf(shopId);
      for (const id of fresh) tally.found.set(id, day);
      if (isNew) countSearch(tally, viewer, outcome);
    },
    events(viewer, events) {
      if (isFull(viewer.shopId)) throw new BusyError('Too many events wait to be written.', 5);
      const tally = tallyOf(viewer.shopId);
      const [day, source] = [dayOf(Date.now()), sourceOf(viewer)];
      for (const { kind, itemId, arm, isFirst } of events) {
        const row = { day, source, arm: arm ?? '', count: 1 } as const;
        if (itemId === null) tally.add({ ...row, kind, subject: '' });
        else tally.addItem({ ...row, kind, itemId, visits: isFirst ? 1 : 0 });
      }
    },
    flush,
    async close() {
      await flush();
      clearTimeout(timer);
    },
  };
}

function countSearch(tally: Tally, viewer: Viewer, { target, best, isNarrowed }: SearchOutcome): void {
  const count = counter(tally, viewer);
  count(target.isOfPhoto ? 'search' : 'item_search');
  if (!target.isOfPhoto) return;
  if (best !== null) count('confidence', String(Math.min(9, Math.floor(best * 10))));
  if (best !== null && best >= LOW_CONFIDENCE) return;
  count(best === null ? 'zero_result' : 'low_confidence');
  const { id: garmentId, category } = target;
  const day = dayOf(Date.now());
  tally.addMiss({ garmentId, category, best, isNarrowed, day, source: sourceOf(viewer) });
}

function counter(tally: Tally, viewer: Viewer) {
  const [day, source] = [dayOf(Date.now()), sourceOf(viewer)];
  const arm: ArmName | '' = '';
  return (kind: CountKind, subject = '') => tally.add({ day, source, arm, kind, subject, count: 1 });
}

/** The id of the key, never the client's address. */
function sourceOf({ role, keyId, client, isMachine }: Viewer): string {
  if (role === 'anonymous' || isMachine) return PAGES;
  return keyId ?? client;
}
