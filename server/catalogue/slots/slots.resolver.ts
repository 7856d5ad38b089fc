import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { hasRole, requireRole } from '../../access/viewer.ts';
import { listCost, WORK_COST } from '../../graphql/cost.ts';
import { Shop } from '../../shops/shop.type.ts';
import type { CatalogueContext } from '../context.ts';
import { findNewestJob } from '../imports/import-job.sql.ts';
import { ImportJob, toImportJob } from '../imports/import-job.type.ts';
import { Slot, SlotInput } from './slot.type.ts';
import { allSlots, removeSlot, saveSlot } from './slots.ts';

const KEY = 'Requires a merchandiser or admin key.';

@Resolver(() => Slot)
export class SlotResolver {
  @FieldResolver(() => Int, {
    complexity: 50,
    description: 'Number of items in the slot that can be found.',
  })
  async itemCount(@Root() { name }: Slot, @Ctx() { loaders }: CatalogueContext): Promise<number> {
    return (await loaders.itemsInSlot.load(name))?.count ?? 0;
  }

  @Mutation(() => Slot, {
    complexity: WORK_COST,
    description:
      'Makes a slot of the shop, or replaces the one of that name. Items that it names are looked at again; follow ' +
      `\`Shop.slotImport\`. A shop has at most 20 slots of its own (TOO_MANY_SLOTS). ${KEY}`,
  })
  async saveSlot(
    @Arg('slot', () => SlotInput, { description: 'The complete slot.' }) slot: SlotInput,
    @Ctx() context: CatalogueContext,
  ): Promise<Slot> {
    requireRole(context.viewer, 'merchandiser');
    return saveSlot(context, slot);
  }

  @Mutation(() => Boolean, {
    complexity: WORK_COST,
    description:
      'Removes a slot of the shop. Returns false if there was none. Its items are looked at again; follow ' +
      `\`Shop.slotImport\`. ${KEY}`,
  })
  async removeSlot(
    @Arg('name', () => String, { description: 'Name of the slot.' }) name: string,
    @Ctx() context: CatalogueContext,
  ): Promise<boolean> {
    requireRole(context.viewer, 'merchandiser');
    return removeSlot(context, name);
  }
}

@Resolver(() => Shop)
export class ShopSlotResolver {
  @FieldResolver(() => [Slot], {
    complexity: listCost({ length: 8 }),
    description: 'The slots of an outfit: the four built-in ones, then those of the shop.',
  })
  async slots(@Root() { id }: Shop, @Ctx() { loaders }: CatalogueContext): Promise<Slot[]> {
    return allSlots(await loaders.slotsOfShop.load(id));
  }

  @FieldResolver(() => ImportJob, {
    nullable: true,
    complexity: 50,
    description:
      'The newest import that looked again at items after a slot had changed. Null if there is none, and for shoppers.',
  })
  async slotImport(@Root() { id }: Shop, @Ctx() { db, viewer }: CatalogueContext): Promise<ImportJob | null> {
    if (!hasRole(viewer, 'merchandiser')) return null;
    const job = await db.inShop(id, (tx) => findNewestJob(tx, id, 'slots'));
    return job && toImportJob(job);
  }
}
