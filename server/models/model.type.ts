import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Item } from '../catalogue/items/item.type.ts';
import { listCost } from '../graphql/cost.ts';
import { Node } from '../graphql/node.ts';
import { DateTime } from '../graphql/scalars.ts';

export enum ModelState {
  EMBEDDING = 'embedding',
  READY = 'ready',
  MOVING = 'moving',
  DROPPED = 'dropped',
}
registerEnumType(ModelState, {
  name: 'ModelState',
  description: "Progress of a model's vectors.",
  valuesConfig: {
    EMBEDDING: { description: "The shop's garments are being embedded with it in the background." },
    READY: { description: 'Every garment that can be embedded has a vector, and the index is complete.' },
    MOVING: { description: 'Its vectors are replacing the original ones.' },
    DROPPED: { description: 'Its vectors were deleted, or have replaced the original ones.' },
  },
});

@ObjectType({ implements: Node, description: 'An embedding model that the shop has vectors from.' })
export class EmbeddingModel {
  @Field(() => ID, {
    description: 'Identifies the model. "original" stands for the one that the garments were parsed with.',
  })
  id!: string;

  @Field(() => String, { description: "Name from the model's manifest." })
  name!: string;

  @Field(() => ModelState, { description: "Progress of the model's vectors." })
  state!: `${ModelState}`;

  @Field(() => Boolean, { description: "Whether the shop's searches use its vectors." })
  isInUse!: boolean;

  @Field(() => Boolean, {
    description: 'Whether this server has loaded the model and can search with new photos.',
  })
  isLoaded!: boolean;

  @Field(() => Int, { description: 'Number of garments in the shop.' })
  garments!: number;

  @Field(() => Int, { description: 'Number of garments with a vector of this model.' })
  embedded!: number;

  @Field(() => Int, {
    description: 'Number of garments that the last run could not embed. The log says why.',
  })
  failed!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When embedding with this model began. Null for the original model.',
  })
  createdAt!: Date | null;
}

@ObjectType({ description: 'The nearest items of one item, by two models.' })
export class ModelExample {
  @Field(() => Item, { description: 'The item searched with.' })
  item!: Item;

  @Field(() => [Item], {
    complexity: listCost(),
    description: 'Up to ten items found by the model in use, most similar first.',
  })
  before!: Item[];

  @Field(() => [Item], {
    complexity: listCost(),
    description: 'Up to ten items found by the other model, most similar first.',
  })
  after!: Item[];

  @Field(() => Float, { description: 'Share of items that both lists contain, 0 to 1.' })
  overlap!: number;
}

@ObjectType({ description: 'How a model would change search results, measured on a sample of items.' })
export class ModelComparison {
  @Field(() => Int, { description: 'Number of items searched with.' })
  sample!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Overlap at 10: the mean share of the ten nearest items that both models find, 0 to 1. Null without a ' +
      'sample.',
  })
  overlap!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean number of positions that items found by both models move. Null if there are none.',
  })
  rankChange!: number | null;

  @Field(() => [ModelExample], {
    complexity: listCost(),
    description: 'The five items of the sample whose results would change most.',
  })
  examples!: ModelExample[];
}
