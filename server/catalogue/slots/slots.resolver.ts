import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { requireRole } from '../../access/viewer.ts';
import { listCost, WORK_COST } from '../../graphql/cost.ts';
import { Shop } from '../../shops/shop.type.ts';
import type { CatalogueContext } from '../context.ts';
import { ImportJob } from '../imports/import-job.type.ts';
import { Slot, SlotInput } from './slot.type.ts';

const KEY = 'Requires a merchandiser or admin key.';

@Resolver(() => Slot)
export class SlotResolver {
  @FieldResolver(() => Int, {
    complexity: 50,
    description: 'Number of items in the slot that can be found.',
  })
  async itemCount(@Root() _slot: Slot, @Ctx() _context: CatalogueContext): Promise<number> {
    throw new Error('To come.');
  }

  @Mutation(() => Slot, {
    complexity: WORK_COST,
    description:
      'Makes a slot of the shop, or replaces the one of that name. Items that it names are looked at again; follow ' +
      `\`Shop.slotImport\`. A shop has at most 20 slots (TOO_MANY_SLOTS). ${KEY}`,
  })
  async saveSlot(
    @Arg('slot', () => SlotInput, { description: 'The complete slot.' }) _slot: SlotInput,
    @Ctx() { viewer }: CatalogueContext,
  ): Promise<Slot> {
    requireRole(viewer, 'merchandiser');
    throw new Error('To come.');
  }

  @Mutation(() => Boolean, {
    complexity: WORK_COST,
    description:
      'Removes a slot of the shop. Returns false if there was none. Its items are looked at again; follow ' +
      `\`Shop.slotImport\`. ${KEY}`,
  })
  async removeSlot(
    @Arg('name', () => String, { description: 'Name of the slot.' }) _name: string,
    @Ctx() { viewer }: CatalogueContext,
  ): Promise<boolean> {
    requireRole(viewer, 'merchandiser');
    throw new Error('To come.');
  }
}

@Resolver(() => Shop)
export class ShopSlotResolver {
  @FieldResolver(() => [Slot], {
    complexity: listCost({ length: 8 }),
    description: 'The slots of an outfit: the four built-in ones, then those of the shop.',
  })
  async slots(@Root() _shop: Shop, @Ctx() _context: CatalogueContext): Promise<Slot[]> {
    throw new Error('To come.');
  }

  @FieldResolver(() => ImportJob, {
    nullable: true,
    complexity: 50,
    description:
      'The newest import that looked again at items after a slot had changed. Null if there is none, and for shoppers.',
  })
  async slotImport(@Root() _shop: Shop, @Ctx() _context: CatalogueContext): Promise<ImportJob | null> {
    throw new Error('To come.');
  }
}
