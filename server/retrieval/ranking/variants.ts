import type { Queryable } from '../../db/database.ts';
import { compareShifted, type ShiftedItem } from './streams.ts';
import { listGroups } from './variants.sql.ts';

/** The first item of each of these groups among those with so many steps. */
export type ReadFirsts = (
  groupIds: readonly string[],
  steps: number,
) => Promise<readonly { readonly itemId: string; readonly distance: number }[]>;

/**
 * Leaves out each item of whose group another one comes earlier. Within a stream only the first of a group is there,
 * but a boosted variant and another one of the same group are in two.
 */
export async function standIns(
  db: Queryable,
  shopId: string,
  candidates: readonly ShiftedItem[],
  steps: readonly number[],
  readFirsts: ReadFirsts,
): Promise<ShiftedItem[]> {
  const groupOf = await listGroups(
    db,
    shopId,
    candidates.map(({ itemId }) => itemId),
  );
  const groupIds = [...new Set(groupOf.values())];
  if (groupIds.length === 0) return [...candidates];
  const rivals: ShiftedItem[] = [];
  for (const own of steps) {
    const rows = await readFirsts(groupIds, own);
    rivals.push(...rows.map((row) => ({ ...row, steps: own })));
  }
  const rivalGroups = await listGroups(
    db,
    shopId,
    rivals.map(({ itemId }) => itemId),
  );
  const first = new Map<string, ShiftedItem>();
  for (const rival of rivals.sort(compareShifted)) {
    const groupId = rivalGroups.get(rival.itemId);
    if (groupId !== undefined && !first.has(groupId)) first.set(groupId, rival);
  }
  return candidates.filter(({ itemId }) => {
    const groupId = groupOf.get(itemId);
    return groupId === undefined || (first.get(groupId)?.itemId ?? itemId) === itemId;
  });
}
