import { ArgsType, Field, Float, ID, Int } from 'type-graphql';
import { ItemFilter } from '../catalogue/items/filter.ts';

/** The arguments of every list of outfits. */
@ArgsType()
export class OutfitsArgs {
  @Field(() => [String], {
    nullable: true,
    description:
      'Names of the slots to fill, as in `Shop.slots`, at most 8. Every outfit fills all of them. If omitted, outfits ' +
      'fill the slots that usually go with what is given, as far as the shop has items for them.',
  })
  slots?: string[] | null;

  @Field(() => Int, { defaultValue: 5, description: 'Maximum number of outfits, from 1 to 20.' })
  count!: number;

  @Field(() => Float, {
    defaultValue: 0.5,
    description:
      'How different the outfits should be from each other: from 0, the best ones, to 1, the most diverse.',
  })
  diversity!: number;

  @Field(() => [ID], {
    nullable: true,
    description: 'Items that must be in every outfit, each in its own slot. At most 8.',
  })
  locked?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Items that must be in no outfit. At most 200.' })
  excluded?: string[] | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Highest total of the current prices, in major units of the shop's currency. Counts locked items and the item " +
      'searched with, but not what the person in a photo wears. Items without a price are left out; with one that is ' +
      'locked there are no outfits.',
  })
  budget?: number | null;

  @Field(() => ItemFilter, {
    nullable: true,
    description:
      'Only items that match this filter fill slots. If it names no availability, items that are out of stock are left ' +
      'out.',
  })
  filter?: ItemFilter | null;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'The same seed gives the same outfits. Other seeds give other good ones, for a shuffle.',
  })
  seed!: number;
}
