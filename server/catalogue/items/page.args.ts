import { ArgsType, Field, Int } from 'type-graphql';
import { ItemFilter } from './filter.ts';

/** Arguments of every list of items. */
@ArgsType()
export class ItemPageArgs {
  @Field(() => ItemFilter, { nullable: true, description: 'Only items that match this filter.' })
  filter?: ItemFilter | null;

  @Field(() => Int, { defaultValue: 24, description: 'Page size, from 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: '`endCursor` of the previous page.' })
  after?: string | null;
}
