import type { Queryable } from '../../db/database.ts';
import { compareShifted, type ShiftedItem } from './streams.ts';
import { listGroups } from './variants.sql.ts';

/** Reads the first item of each group among those with these steps. */
export type ReadFirsts = (
  groupIds: readonly string[],
  steps: number,
) => Promise<readonly { readonly itemId: string; readonly distance: number }[]>;

/**
 * Leaves out items whose group has an earlier one. A stream holds only the first item of a group, but two variants of
 * a group can be in different streams, for example when one is boosted.
 */
export async function dropVariants(
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
