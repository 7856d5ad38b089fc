import { hasRole } from '../../access/viewer.ts';
import type { Queryable } from '../../db/database.ts';
import { InvalidInputError } from '../../errors/errors.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  isTime,
  lazily,
  MAX_COUNT,
  once,
  toConnection,
} from '../../graphql/connection.ts';
import type { LookContext } from './context.ts';
import { type LookConnection, toLook } from './look.type.ts';
import { lookQuery } from './look-query.ts';
import { countLooks, findLook, type LookQuery, type LookRow, pageLooks } from './looks.sql.ts';

const MAX_LENGTH = 200;
const MAX_WORDS = 20;

export interface LookPage {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly words?: string | null | undefined;
}

/** One page of the looks that the viewer sees, newest first, and their number. Throws InvalidInputError. */
export async function listLookPage(
  { db, shopId, viewer, limiter }: LookContext,
  page: LookPage,
): Promise<LookConnection> {
  const first = checkFirst(page.first);
  const words = checkWords(page.words);
  const scope = cursorScope('looks', shopId, words.join(' ').toLowerCase());
  const after = page.after ? decodeCursor(scope, page.after, isKey) : undefined;
  await limiter.check('search', viewer);
  const all = hasRole(viewer, 'merchandiser');
  const read = <T>(work: (tx: Queryable, query: LookQuery) => Promise<T>) =>
    once(() => db.inShop(shopId, async (tx) => work(tx, await lookQuery(tx, shopId, all, words))));
  const connection = read(async (tx, query) => {
    const key = after && { createdAt: after[0], id: after[1] };
    const rows = await pageLooks(tx, query, { limit: first + 1, after: key });
    const edges = rows.map(({ cursorTime, ...row }) => ({
      cursor: encodeCursor(scope, [cursorTime, row.id]),
      node: toLook(row),
    }));
    return toConnection(edges, first, page.after);
  });
  const count = read((tx, query) => countLooks(tx, query, MAX_COUNT + 1));
  return lazily<LookConnection>({
    edges: async () => (await connection()).edges,
    pageInfo: async () => (await connection()).pageInfo,
    totalCount: async () => Math.min(await count(), MAX_COUNT),
    isTotalExact: async () => (await count()) <= MAX_COUNT,
  });
}

/** Null if there is none that the viewer sees. */
export function getLook({ db, shopId, viewer }: LookContext, id: string): Promise<LookRow | null> {
  const all = hasRole(viewer, 'merchandiser');
  return db.inShop(shopId, async (tx) => findLook(tx, await lookQuery(tx, shopId, all), id));
}

function checkWords(text: string | null | undefined): string[] {
  const words = (text ?? '').split(/\s+/).filter((word) => word !== '');
  if ((text ?? '').length > MAX_LENGTH || words.length > MAX_WORDS) {
    throw new InvalidInputError(`words may have at most ${MAX_LENGTH} characters and ${MAX_WORDS} words.`, {
      field: 'words',
    });
  }
  return words;
}

function isKey(key: readonly unknown[]): key is readonly [string, string] {
  return key.length === 2 && isTime(key[0]) && typeof key[1] === 'string';
}
