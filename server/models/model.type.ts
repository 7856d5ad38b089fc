import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Item } from '../catalogue/items/item.type.ts';
import { listCost } from '../graphql/cost.ts';
import { DateTime } from '../graphql/scalars.ts';

export enum ModelState {
  EMBEDDING = 'embedding',
  READY = 'ready',
  MOVING = 'moving',
  DROPPED = 'dropped',
}
registerEnumType(ModelState, {
  name: 'ModelState',
  valuesConfig: {
    EMBEDDING: { description: "The shop's garments are being embedded by it, in the background." },
    READY: { description: 'Every garment that could be embedded has its vector, and the index is whole.' },
    MOVING: { description: 'Its vectors are taking the place of those that the garments were parsed with.' },
    DROPPED: { description: 'Its vectors are gone, or have moved into the place of the original ones.' },
  },
});

@ObjectType({ description: 'An embedding model whose vectors the shop has.' })
export class EmbeddingModel {
  @Field(() => ID, { description: '"original" for the vectors that the garments were parsed with.' })
  id!: string;

  @Field(() => String, { description: "The name in the model's manifest." })
  name!: string;

  @Field(() => ModelState, { description: 'How far its vectors are.' })
  state!: `${ModelState}`;

  @Field(() => Boolean, { description: "Whether the shop's searches compare its vectors." })
  isInUse!: boolean;

  @Field(() => Boolean, {
    description: 'Whether this server has the model, so that new photos can be asked with.',
  })
  isLoaded!: boolean;

  @Field(() => Int, { description: 'Garments of the shop.' })
  garments!: number;

  @Field(() => Int, { description: 'Those of them that have a vector of this model.' })
  embedded!: number;

  @Field(() => Int, { description: 'Garments that the last pass could not embed; the log says why.' })
  failed!: number;

  @Field(() => DateTime, { nullable: true, description: 'When its re-embedding began.' })
  createdAt!: Date | null;
}

@ObjectType({ description: "One item's nearest items by two models." })
export class ModelExample {
  @Field(() => Item, { description: 'What was asked with.' })
  item!: Item;

  @Field(() => [Item], {
    complexity: listCost(),
    description: 'By the model in use, the most alike first; ten at the most.',
  })
  before!: Item[];

  @Field(() => [Item], { complexity: listCost(), description: 'By the other model.' })
  after!: Item[];

  @Field(() => Float, { description: 'The share that both lists have, 0 to 1.' })
  overlap!: number;
}

@ObjectType({ description: 'How a model would change what searches find, measured on a live sample.' })
export class ModelComparison {
  @Field(() => Int, { description: 'Items that were asked with.' })
  sample!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Overlap at 10: the mean share of the ten nearest items that both models name. Null without a sample.',
  })
  overlap!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The mean number of places by which the items that both name have moved. Null without such items.',
  })
  rankChange!: number | null;

  @Field(() => [ModelExample], {
    complexity: listCost(),
    description: 'The five of the sample that would change most.',
  })
  examples!: ModelExample[];
}
