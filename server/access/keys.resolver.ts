import { Arg, Ctx, Float, ID, Mutation, Query, Resolver } from 'type-graphql';
import { listCost } from '../graphql/cost.ts';
import type { AccessContext } from './context.ts';
import { AccessKey, KeyRole, NewKey } from './key.type.ts';
import { listKeys } from './keys.sql.ts';
import { createKey, MAX_LISTED, revokeKey, setHoldOut } from './keys.ts';
import { requireRole } from './viewer.ts';

@Resolver()
export class KeyResolver {
  @Query(() => [AccessKey], {
    complexity: listCost(),
    description: "The shop's keys, working ones first; at most 500. Requires an admin key.",
  })
  keys(@Ctx() { db, shopId, viewer }: AccessContext): Promise<AccessKey[]> {
    requireRole(viewer, 'admin');
    return db.inShop(shopId, (tx) => listKeys(tx, shopId, MAX_LISTED));
  }

  @Mutation(() => NewKey, { description: 'Makes a key for the shop. Requires an admin key.' })
  async createKey(
    @Arg('role', () => KeyRole, { description: 'What the key allows.' }) role: `${KeyRole}`,
    @Arg('label', () => String, { description: 'What the key is for, 1 to 100 characters.' }) label: string,
    @Arg('domains', () => [String], {
      nullable: true,
      description:
        'Only for a widget key, which requires it: 1 to 20 hosts, such as shop.example, or *.shop.example for ' +
        'its subdomains.',
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
      'Makes a key stop working at once. Fails with LAST_ADMIN_KEY for the only admin key left. Requires an ' +
      'admin key.',
  })
  revokeKey(
    @Arg('id', () => ID, { description: 'Id of the key.' }) id: string,
    @Ctx() { db, shopId, viewer }: AccessContext,
  ): Promise<AccessKey> {
    requireRole(viewer, 'admin');
    return revokeKey(db, shopId, id);
  }

  @Mutation(() => AccessKey, {
    description:
      'Sets which share of the visitors who come with a key should see no recommendations. `insights.holdOut` then ' +
      'compares the two parts. Requires an admin key.',
  })
  setHoldOut(
    @Arg('id', () => ID, { description: 'Id of the key.' }) id: string,
    @Arg('share', () => Float, { description: 'From 0 to 0.5, in steps of 0.001; 0 ends the comparison.' })
    share: number,
    @Ctx() { db, shopId, viewer }: AccessContext,
  ): Promise<AccessKey> {
    requireRole(viewer, 'admin');
    return setHoldOut(db, shopId, { id, share });
  }
}
