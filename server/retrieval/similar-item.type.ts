import { Field, Float, ObjectType } from 'type-graphql';
import { hasRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { Item, toItem } from '../catalogue/items/item.type.ts';
import { Connection } from '../graphql/connection.ts';
import type { MatchCounts } from './facets.ts';
import { RuleEffect } from './ranking/rule-effect.type.ts';
import type { Reason } from './reason.ts';
import { Interpretation } from './refinement.type.ts';
import type { SimilarMatches } from './similar.ts';

/** Its fields `reason` and `variantCount` are in similar.resolver.ts. */
@ObjectType({ description: 'A match of in-shop retrieval.' })
export class SimilarItem {
  @Field(() => Item, { description: 'With all that the shop says of it.' })
  item!: Item;

  @Field(() => Float, {
    description:
      'How likely it is that the match agrees in category and dominant colour, 0 to 1, calibrated on held-out ' +
      'garments: of the matches with 0.8 about 80 % do (docs/scores.md). The similarity, clipped to 0 to 1, where ' +
      'the model has no calibration.',
  })
  score!: number;

  @Field(() => Float, { description: "Cosine of the two garments' embeddings, −1 to 1." })
  similarity!: number;

  @Field(() => RuleEffect, {
    nullable: true,
    description: 'What merchandising rules did to it; null for nothing, and to all but merchandisers.',
  })
  rule!: RuleEffect | null;

  /** Not of the API: what the field `reason` is made from. Null where the match is gone since it was found. */
  explain!: () => Promise<Reason | null>;
}

/** Its fields `facets` and `matchCount` are in similar.resolver.ts. */
@ObjectType()
export class SimilarItemConnection extends Connection('SimilarItem', () => SimilarItem) {
  @Field(() => Float, {
    nullable: true,
    description:
      'The score at which the matches end: none below it is listed, pinned ones apart. Null where all are.',
  })
  cutoff!: number | null;

  @Field(() => Interpretation, {
    nullable: true,
    description: 'How the words of the refinement were understood; null where there were none.',
  })
  interpretation!: Interpretation | null;

  /** Not of the API: counts all matches when asked. */
  counts!: MatchCounts;
}

/** Matches with their items. One that was deleted since it was found is left out. */
export function toSimilarItems(
  { viewer }: CatalogueContext,
  { edges, ...connection }: SimilarMatches,
): SimilarItemConnection {
  const tellsRules = hasRole(viewer, 'merchandiser');
  return {
    ...connection,
    edges: edges.flatMap(({ cursor, node: { itemId: _, item, images, effect, ...match } }) => {
      const rule = tellsRules ? (effect as RuleEffect | null) : null;
      return item ? [{ cursor, node: { ...match, rule, item: toItem(item, images) } }] : [];
    }),
  };
}
