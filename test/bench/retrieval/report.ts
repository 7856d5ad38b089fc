import type { Built } from './load.ts';
import type { Recall, Speed } from './measure.ts';

export interface SizeResult {
  readonly items: number;
  readonly built: Built;
  /** Bytes: items with their indexes, garments, their HNSW index, their other indexes. Of one shop on one server alone. */
  readonly sizes: {
    readonly items: number;
    readonly garments: number;
    readonly hnsw: number;
    readonly others: number;
  } | null;
  readonly recall: readonly Recall[];
  readonly speed: readonly Speed[];
}

const MiB = 1024 * 1024;

export function printSize({ items, built, sizes, recall, speed }: SizeResult): void {
  const mib = (bytes: number) => `${Math.round(bytes / MiB)} MiB`;
  console.log(
    `\n${items} items: loaded in ${built.loadSeconds.toFixed(0)} s, index built in ${built.indexSeconds.toFixed(0)} s`,
  );
  if (sizes)
    console.log(
      `items ${mib(sizes.items)}, garments ${mib(sizes.garments)}, HNSW ${mib(sizes.hnsw)}, other indexes ${mib(sizes.others)}`,
    );
  for (const { level, recall: share, queries } of recall)
    console.log(`recall@20, filtered ${level}: ${share.toFixed(3)} (${queries} queries)`);
  const head = ['filter', 'at once', 'SQL p50', 'p95', 'GraphQL p50', 'p95', 'p95 ratio', 'load'];
  const rows = speed.map(({ level, concurrency, sql, graphql, load }) => [
    level,
    String(concurrency),
    ...[sql.p50, sql.p95, graphql.p50, graphql.p95].map((ms) => ms.toFixed(1)),
    (graphql.p95 / sql.p95).toFixed(2),
    load.toFixed(1),
  ]);
  for (const row of [head, ...rows]) console.log(row.map((cell) => cell.padStart(12)).join(''));
}
