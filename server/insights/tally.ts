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
