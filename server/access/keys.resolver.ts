import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import type { AccessContext } from './context.ts';
import { AccessKey, KeyRole, NewKey } from './key.type.ts';
import { listKeys } from './keys.sql.ts';
import { createKey, revokeKey } from './keys.ts';
import { requireRole } from './viewer.ts';

const MAX_LISTED = 500;

@Resolver()
export class KeyResolver {
  @Query(() => [AccessKey], {
    complexity: listCost(),
    description: "The shop's keys, those in force first, 500 at the most. Wants an admin's key.",
  })
  keys(@Ctx() { db, shopId, viewer }: AccessContext): Promise<AccessKey[]> {
    requireRole(viewer, 'admin');
    return db.inShop(shopId, (tx) => listKeys(tx, shopId, MAX_LISTED));
  }

  @Mutation(() => NewKey, { description: "Makes a key of the shop. Wants an admin's key." })
  async createKey(
    @Arg('role', () => KeyRole, { description: 'What it is to allow.' }) role: `${KeyRole}`,
    @Arg('label', () => String, { description: 'What it is for: 1 to 100 characters.' }) label: string,
    @Arg('domains', () => [String], {
      nullable: true,
      description:
        "For a widget's key: 1 to 20 hosts, such as shop.example, or *.shop.example for those within.",
    })
    domains: string[] | null,
    @Ctx() { db, shopId, viewer }: AccessContext,
  ): Promise<NewKey> {
    requireRole(viewer, 'admin');
    const { key, row } = await createKey(db, shopId, { role, label, domains });
    return { key, details: row };
  }

  @Mutation(() => AccessKey, {
    description:
      "Ends a key's force at once. The only admin key that is left is refused with LAST_ADMIN_KEY. Wants an admin's key.",
  })
  revokeKey(
    @Arg('id', () => ID, { description: "The key's id." }) id: string,
    @Ctx() { db, shopId, viewer }: AccessContext,
  ): Promise<AccessKey> {
    requireRole(viewer, 'admin');
    return revokeKey(db, shopId, id);
  }
}
