import type { Queryable } from '../../db/database.ts';
import { type Statement, toLiteral, withValues } from '../../db/statement.ts';
import type { RowEstimate } from './effort.ts';

interface Search<Row extends object> {
  /** pgvector's. They last until the transaction ends: each walk sets them. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** A statement whose rows are only estimated, or the union of all items and those that pass. */
  readonly estimated?: Statement;
  /** The statement runs unless more than so many are expected to pass. */
  readonly most?: number;
  readonly statement: Statement<Row> | null;
}

interface Found<Row> {
  readonly estimate: RowEstimate;
  /** Null if the statement did not run. */
  readonly rows: Row[] | null;
}

/**
 * One step of a search, in one round trip: settings, estimate and statement. It keeps the planner from reading whole
 * tables and from sorting what the index orders, for this step alone: in a transaction that went on so, the images of
 * twenty items were read by walking through a million.
 */
export async function searchInShop<Row extends object>(
  db: Queryable,
  shopId: string,
  { settings = {}, estimated, most = Number.MAX_VALUE, statement }: Search<Row>,
): Promise<Found<Row>> {
  const args = [
    shopId,
    Object.keys(settings),
    Object.values(settings),
    estimated ? withValues(estimated) : null,
    most,
    statement ? withValues(statement) : null,
  ];
  const { rows } = await db.query<{ ofAll: number | null; passing: number | null; answer: Row[] | null }>(
    // A call with parameters is planned twice where the database is distributed.
    `select of_all as "ofAll", passing, answer from search_in_shop(${args.map(toLiteral).join(', ')})`,
  );
  const { ofAll, passing, answer } = rows[0]!;
  return { estimate: { all: ofAll ?? 0, passing: passing ?? 0 }, rows: answer };
}
