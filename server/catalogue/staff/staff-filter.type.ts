import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { ItemFilter } from '../items/filter.ts';
import { ItemState } from '../items/item.type.ts';

export enum ItemConcern {
  NOT_MATCHED = 'not_matched',
  LOW_CONFIDENCE = 'low_confidence',
}
registerEnumType(ItemConcern, {
  name: 'ItemConcern',
  description: "What the shop's staff should look at in an item.",
  valuesConfig: {
    NOT_MATCHED: { description: 'It was parsed, but no garment of it is matched in searches.' },
    LOW_CONFIDENCE: {
      description:
        'It is matched by a garment with a score below 0.75 that nobody has confirmed, or by its whole picture.',
    },
  },
});

@InputType({
  description: 'Selects items of the shop for its staff: as `ItemFilter` does, and by how they were read.',
})
export class StaffFilter extends ItemFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'The beginning of an id, a brand, or words of the title (all of them, the last may be the beginning of a word), ' +
      'whatever their case and accents.',
  })
  text?: string | null | undefined;

  @Field(() => [ItemState], { nullable: true, description: 'Any of these.' })
  states?: ItemState[] | null | undefined;

  @Field(() => ItemConcern, { nullable: true, description: 'Only items with this concern.' })
  concern?: ItemConcern | null | undefined;

  @Field(() => ID, {
    nullable: true,
    description: 'Only items that this import made or changed, or tried to.',
  })
  importId?: string | null | undefined;
}
