import type { ArmName, CountKind, ItemKind } from './kinds.ts';

export interface Count {
  readonly day: string;
  readonly source: string;
  readonly arm: ArmName | '';
  readonly kind: CountKind;
  readonly subject: string;
  count: number;
}

/** Events of one item. Whether the shop has it is only looked up when they are written. */
export interface ItemCount {
  readonly day: string;
  readonly source: string;
  readonly arm: ArmName | '';
  readonly kind: ItemKind;
  readonly itemId: string;
  count: number;
  /** Of `count`, those that were the first of their visit. */
  visits: number;
}

export interface Miss {
  readonly garmentId: string;
  readonly source: string;
  readonly day: string;
  readonly category: number | null;
  readonly best: number | null;
  readonly isNarrowed: boolean;
}

/** What a shop's shoppers did since the last write, added up. */
export class Tally {
  readonly counts = new Map<string, Count>();
  readonly items = new Map<string, ItemCount>();
  readonly misses = new Map<string, Miss>();
  /** The day on which each item was last found. */
  readonly found = new Map<string, string>();
  /** How often writing it has failed. */
  failures = 0;

  get size(): number {
    return this.counts.size + this.items.size + this.misses.size + this.found.size;
  }

  /** The same in parts of at most so many rows, each of which can be written by itself. */
  split(most: number): Tally[] {
    const parts: Tally[] = [];
    const room = () => {
      const last = parts.at(-1);
      if (last && last.size < most) return last;
      const part = new Tally();
      part.failures = this.failures;
      parts.push(part);
      return part;
    };
    for (const [key, row] of this.counts) room().counts.set(key, row);
    // The kinds of one item together: they are one row of the database.
    for (const [key, row] of byItem(this.items)) room().items.set(key, row);
    for (const [key, miss] of this.misses) room().misses.set(key, miss);
    for (const [id, day] of this.found) room().found.set(id, day);
    return parts;
  }

  add(row: Count): void {
    const key = JSON.stringify([row.day, row.source, row.arm, row.kind, row.subject]);
    const before = this.counts.get(key);
    if (before) before.count += row.count;
    else this.counts.set(key, { ...row });
  }

  addItem(row: ItemCount): void {
    const key = JSON.stringify([row.day, row.source, row.arm, row.kind, row.itemId]);
    const before = this.items.get(key);
    if (before) {
      before.count += row.count;
      before.visits += row.visits;
    } else this.items.set(key, { ...row });
  }

  /** A search that was not narrowed says more than one that was. */
  addMiss(miss: Miss): void {
    const before = this.misses.get(miss.garmentId);
    if (!before || !miss.isNarrowed || before.isNarrowed) this.misses.set(miss.garmentId, miss);
  }

  /** Adds what `other` holds, which is older. */
  addAll(other: Tally): void {
    for (const row of other.counts.values()) this.add(row);
    for (const row of other.items.values()) this.addItem(row);
    const newer = [...this.misses.values()];
    for (const miss of [...other.misses.values(), ...newer]) this.addMiss(miss);
    for (const [id, day] of other.found) if (!this.found.has(id)) this.found.set(id, day);
    this.failures = Math.max(this.failures, other.failures);
  }
}

function byItem(items: ReadonlyMap<string, ItemCount>): [string, ItemCount][] {
  return [...items].sort(([, a], [, b]) => (a.itemId < b.itemId ? -1 : Number(a.itemId > b.itemId)));
}
