import { randomUUID } from 'node:crypto';
import type { CatalogueContext } from '../catalogue/context.ts';
import { listItems } from '../catalogue/items/item.sql.ts';
import { isUuid, type Queryable, type ShopQueryable } from '../db/database.ts';
import { InvalidInputError } from '../errors/errors.ts';
import {
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  isTime,
  toConnection,
  toLastPage,
} from '../graphql/connection.ts';
import { MAX_RULES, type RuleRow, type RuleValues } from '../retrieval/ranking/rule.ts';
import { checkRule, checkRuleId, noSuchRule } from './check-rule.ts';
import { type RuleConnection, type RuleInput, type RuleState, toRule } from './rule.type.ts';
import { countRules, endRule, findRule, insertRule, lockRules, pageRules, pruneRules } from './rules.sql.ts';

type Shop = Pick<CatalogueContext, 'db' | 'shopId'>;

/**
 * Makes a rule, or replaces an existing one; a removed rule is restored by it. Throws InvalidInputError and
 * NotFoundError.
 */
export async function setRule({ db, shopId }: Shop, input: RuleInput): Promise<RuleRow> {
  const values = checkRule(input);
  const id = input.id ? checkRuleId(input.id) : null;
  return db.inShop(shopId, async (tx) => {
    await checkItem(tx, values);
    const time = await lockRules(tx, shopId);
    await pruneRules(tx, shopId);
    const before = id === null ? null : await findRule(tx, shopId, id);
    if (id !== null && !before) throw noSuchRule();
    return putVersion(tx, shopId, time, before, values);
  });
}

/** Throws NotFoundError if there is no such rule. Removing a removed rule changes nothing. */
export async function removeRule({ db, shopId }: Shop, ruleId: string): Promise<RuleRow> {
  const id = checkRuleId(ruleId);
  return db.inShop(shopId, async (tx) => {
    const time = await lockRules(tx, shopId);
    const rule = (await endRule(tx, shopId, id, time)) ?? (await findRule(tx, shopId, id));
    if (!rule) throw noSuchRule();
    return rule;
  });
}

/** Restores a removed rule. Throws NotFoundError, and InvalidInputError if the shop has too many rules. */
export async function restoreRule({ db, shopId }: Shop, ruleId: string): Promise<RuleRow> {
  const id = checkRuleId(ruleId);
  return db.inShop(shopId, async (tx) => {
    const time = await lockRules(tx, shopId);
    const rule = await findRule(tx, shopId, id);
    if (!rule) throw noSuchRule();
    return rule.endedAt ? putVersion(tx, shopId, time, rule, rule) : rule;
  });
}

/** One page of the shop's rules, the newest first; all except removed ones if no state is given. */
export async function listRulePage(
  { db, shopId }: Shop,
  page: {
    state?: RuleState | null;
    first: number;
    after?: string | null;
    last?: number | null;
    before?: string | null;
  },
): Promise<RuleConnection> {
  const backwards = (page.last ?? null) !== null;
  if (backwards ? page.after : page.before) {
    throw new InvalidInputError('Give `after` with `first`, and `before` with `last`.', {
      field: backwards ? 'after' : 'before',
    });
  }
  const size = backwards ? checkFirst(page.last!, 'last') : checkFirst(page.first);
  const cursor = backwards ? page.before : page.after;
  const state = page.state ?? null;
  const scope = cursorScope('rules', shopId, state);
  const from = cursor ? decodeCursor(scope, cursor, isKey) : undefined;
  const rows = await db.inShop(shopId, (tx) =>
    pageRules(tx, {
      shopId,
      state,
      limit: size + 1,
      from: from && { createdAt: from[0], id: from[1] },
      backwards,
    }),
  );
  const edges = rows.map(({ cursorTime, ...row }) => ({
    cursor: encodeCursor(scope, [cursorTime, row.id]),
    node: toRule(row),
  }));
  return backwards ? toLastPage(edges, size, cursor) : toConnection(edges, size, cursor);
}

/** Throws InvalidInputError if the rule names an item that the shop does not have. */
export async function checkItem(db: ShopQueryable, { itemId }: Pick<RuleValues, 'itemId'>): Promise<void> {
  if (itemId === null || (await listItems(db, [itemId])).length > 0) return;
  throw new InvalidInputError(`The shop has no item ${itemId}.`, {
    code: 'UNKNOWN_ITEM',
    field: 'rule.target.itemId',
  });
}

async function putVersion(
  tx: Queryable,
  shopId: string,
  time: string,
  before: RuleRow | null,
  values: RuleValues,
): Promise<RuleRow> {
  const ended = before && (await endRule(tx, shopId, before.id, time));
  if (!ended && (await countRules(tx, shopId)) >= MAX_RULES) {
    throw new InvalidInputError(`A shop may have at most ${MAX_RULES} rules. Remove one that is over.`, {
      code: 'TOO_MANY_RULES',
    });
  }
  const version = {
    id: before?.id ?? randomUUID(),
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? null,
    time,
  };
  return insertRule(tx, shopId, version, values);
}

function isKey(key: readonly unknown[]): key is readonly [string, string] {
  return key.length === 2 && isTime(key[0]) && typeof key[1] === 'string' && isUuid(key[1]);
}
