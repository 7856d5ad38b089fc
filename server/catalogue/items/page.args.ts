import { ArgsType, Field, Int } from 'type-graphql';
import { ItemFilter } from './filter.ts';

/** The arguments of every list of items. */
@ArgsType()
export class ItemPageArgs {
  @Field(() => ItemFilter, { nullable: true })
  filter?: ItemFilter | null;

  @Field(() => Int, { defaultValue: 24, description: 'From 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  after?: string | null;
}
