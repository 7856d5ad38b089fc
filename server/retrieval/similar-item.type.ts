import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { Item, toItem } from '../catalogue/item.type.ts';
import { Connection, type ConnectionOf } from '../connection.ts';
import type { Context } from '../context.ts';
import type { NearestItem } from './nearest.sql.ts';
import { scoreOf, type SimilarTo as Target } from './similar.ts';

@ObjectType({ description: 'A match of in-shop retrieval.' })
export class SimilarItem {
  @Field(() => Item)
  item!: Item;

  @Field(() => Float, {
    description: "Cosine similarity of the two garments' embeddings, clipped to 0 to 1.",
  })
  score!: number;
}

export const SimilarItemConnection = Connection('SimilarItem', () => SimilarItem);
export type SimilarItemConnection = InstanceType<typeof SimilarItemConnection>;

/** schema.ts marks it as @oneOf. */
@InputType({ description: 'Exactly one of the two.' })
export class SimilarTo implements Target {
  @Field(() => ID, { nullable: true })
  garmentId?: string | null;

  @Field(() => ID, { nullable: true })
  itemId?: string | null;
}

/** Matches with their items. One that was deleted since it was found is left out. */
export async function toSimilarItems(
  { loaders }: Context,
  { edges, pageInfo }: ConnectionOf<NearestItem>,
): Promise<SimilarItemConnection> {
  const rows = await Promise.all(edges.map(({ node }) => loaders.item.load(node.itemId)));
  return {
    pageInfo,
    edges: edges.flatMap(({ cursor, node }, i) => {
      const row = rows[i];
      return row ? [{ cursor, node: { item: toItem(row), score: scoreOf(node.distance) } }] : [];
    }),
  };
}
