import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Garment } from '../../garments/garment.type.ts';
import { listCost } from '../../graphql/cost.ts';
import { Category } from '../../vocabulary/category.ts';

export enum ChoiceReason {
  BY_HAND = 'by_hand',
  NAMED = 'named',
  LARGEST = 'largest',
  WHOLE_PICTURE = 'whole_picture',
  PARSER_SURE = 'parser_sure',
  OTHER_BY_HAND = 'other_by_hand',
  OTHER_NAMED = 'other_named',
  LATER_PICTURE = 'later_picture',
  SMALLER = 'smaller',
  WHOLE_INSTEAD = 'whole_instead',
  NOT_CLOTHING = 'not_clothing',
  EARLIER_CHOICE = 'earlier_choice',
}
registerEnumType(ChoiceReason, {
  name: 'ChoiceReason',
  description: 'Why searches match a garment of an item, or why they do not.',
  valuesConfig: {
    BY_HAND: { description: 'Matched: a merchandiser chose it.' },
    NAMED: { description: 'Matched: feed or title name its category.' },
    LARGEST: { description: 'Matched: the largest in the first picture that shows a garment.' },
    WHOLE_PICTURE: { description: 'Matched: the whole picture, in the place of a garment.' },
    PARSER_SURE: { description: 'Matched: the parser is sure of it, whatever goods the feed names.' },
    OTHER_BY_HAND: { description: 'Not matched: a merchandiser chose another.' },
    OTHER_NAMED: { description: 'Not matched: feed or title name another category.' },
    LATER_PICTURE: { description: 'Not matched: an earlier picture shows the one that is.' },
    SMALLER: { description: 'Not matched: smaller than the one that is, in the same picture.' },
    WHOLE_INSTEAD: { description: 'Not matched: searches match the whole picture.' },
    NOT_CLOTHING: { description: 'Not matched: the feed names goods that are no garment.' },
    EARLIER_CHOICE: { description: 'Not matched: another was chosen when the item was parsed.' },
  },
});

@ObjectType({ description: "A garment in an item's images, and whether searches match it." })
export class GarmentChoice {
  @Field(() => Garment, { description: 'The garment.' })
  garment!: Garment;

  @Field(() => Int, { description: 'Index in `images` of the image that shows it.' })
  image!: number;

  @Field(() => Boolean, { description: 'Whether searches match it.' })
  isMatched!: boolean;

  @Field(() => ChoiceReason, { description: 'Why, or why not.' })
  reason!: ChoiceReason;

  @Field(() => [Category], {
    complexity: listCost(),
    description: 'The categories that feed and title name, where they decide.',
  })
  named!: Category[];

  @Field(() => String, {
    nullable: true,
    description: 'The goods that the feed names and that are no garment, where they decide.',
  })
  goods!: string | null;
}
