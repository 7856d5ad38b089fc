import type { Database } from '../../db/database.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  toConnection,
} from '../../graphql/connection.ts';
import type { CatalogueContext } from '../context.ts';
import { type DuplicateGroup, type DuplicateGroupConnection, DuplicateKind } from './duplicate.type.ts';
import { type GroupMember, listGroups, listLeaders } from './duplicates.sql.ts';

/** One page of the shop's groups of items with the same picture, ordered by the id of their first item. */
export async function listDuplicatePage(
  { db, shopId }: CatalogueContext,
  page: { first: number; after?: string | null | undefined },
): Promise<DuplicateGroupConnection> {
  const first = checkFirst(page.first);
  const scope = cursorScope('duplicates', shopId);
  const [after] = page.after ? decodeCursor(scope, page.after, isKey) : [''];
  const groups = await findGroups(db, shopId, after, first + 1);
  const edges = groups.map((group) => ({ cursor: encodeCursor(scope, [group.itemIds[0]!]), node: group }));
  return toConnection(edges, first, page.after);
}

/** The groups whose first item comes after `after`, at most `limit` of them, in that order. */
export async function findGroups(
  db: Database,
  shopId: string,
  after: string,
  limit: number,
): Promise<DuplicateGroup[]> {
  const groups: DuplicateGroup[] = [];
  for (let from = after; ; ) {
    const { leaders, members } = await db.inShop(shopId, async (tx) => {
      const leaders = await listLeaders(tx, { shopId, after: from, limit });
      return { leaders, members: await listGroups(tx, shopId, leaders) };
    });
    for (const leader of leaders) {
      const group = toGroup(members.filter((member) => member.leader === leader));
      // A picture in between may lead to an earlier item, or all of them may be variants of one product.
      if (group.itemCount > 1 && group.itemIds[0] === leader) groups.push(group);
    }
    const last = leaders.at(-1);
    if (groups.length >= limit || leaders.length < limit || last === undefined) return groups.slice(0, limit);
    from = last;
  }
}

function toGroup(members: readonly GroupMember[]): DuplicateGroup {
  const itemIds = members.map(({ itemId }) => itemId);
  const pictures = new Set(members.map(({ sha256 }) => sha256));
  const kind = pictures.size === 1 ? DuplicateKind.EXACT : DuplicateKind.PERCEPTUAL;
  return { kind, itemCount: itemIds.length, itemIds };
}

function isKey(key: readonly unknown[]): key is readonly [string] {
  return key.length === 1 && typeof key[0] === 'string';
}
