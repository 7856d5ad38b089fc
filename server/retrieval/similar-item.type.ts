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

/** Its fields `reason`, `closeness`, `isApart` and `variantCount` are in similar.resolver.ts. */
@ObjectType({ description: 'An item that matches.' })
export class SimilarItem {
  @Field(() => Item, { description: 'The item.' })
  item!: Item;

  @Field(() => Float, {
    description:
      'Probability that the match has the same category and dominant colour, 0 to 1, calibrated on held-out ' +
      'garments: about 80 % of matches with a score of 0.8 do (docs/scores.md). If the model has no ' +
      'calibration, the similarity clipped to 0 to 1.',
  })
  score!: number;

  @Field(() => Float, { description: 'Cosine similarity of the two embeddings, −1 to 1.' })
  similarity!: number;

  @Field(() => RuleEffect, {
    nullable: true,
    description:
      'What merchandising rules did to the match. Null if nothing; only merchandisers and admins see it.',
  })
  rule!: RuleEffect | null;

  /** Not of the API: what the field `reason` is made from. Null where the match is gone since it was found. */
  explain!: () => Promise<Reason | null>;

  /** Not of the API. */
  isPinned!: boolean;
}

/** Its fields `facets` and `matchCount` are in similar.resolver.ts. */
@ObjectType({ description: 'A page of similar items.' })
export class SimilarItemConnection extends Connection('SimilarItem', () => SimilarItem) {
  @Field(() => Float, {
    nullable: true,
    description:
      'Lowest score that is listed. Pinned items are listed whatever their score. Null if there is no ' +
      'cutoff.',
  })
  cutoff!: number | null;

  @Field(() => Interpretation, {
    nullable: true,
    description: 'How the words of the refinement were understood. Null if there were none.',
  })
  interpretation!: Interpretation | null;

  /** Not of the API: counts all matches when asked. */
  counts!: MatchCounts;
}

/** Matches with their items. One that was deleted since it was found is left out. */
export function toSimilarItems(
  { viewer }: CatalogueContext,
  { edges, target: _, usualCutoff: __, ...connection }: SimilarMatches,
): SimilarItemConnection {
  const tellsRules = hasRole(viewer, 'merchandiser');
  return {
    ...connection,
    edges: edges.flatMap(({ cursor, node: { itemId: _, item, images, effect, ...match } }) => {
      const rule = tellsRules ? (effect as RuleEffect | null) : null;
      const isPinned = effect === 'pinned';
      return item ? [{ cursor, node: { ...match, rule, isPinned, item: toItem(item, images) } }] : [];
    }),
  };
}
