import { Field, Int, ObjectType } from 'type-graphql';
import type { CatalogueContext } from '../catalogue/context.ts';
import { Item } from '../catalogue/items/item.type.ts';
import { listCost } from '../graphql/cost.ts';
import type { SimilarMatches } from '../retrieval/similar.ts';
import { SimilarItem, toSimilarItems } from '../retrieval/similar-item.type.ts';
import type { Preview } from './preview.ts';

/** What a preview costs is counted once, on previewRule. */
const counted = listCost({ length: 1 });

@ObjectType({ description: 'An item that a rule moves, or that several do.' })
export class RuleChange {
  @Field(() => Item, { description: 'The item.' })
  item!: Item;

  @Field(() => Int, {
    nullable: true,
    description: 'Position without the rules, from 1. Null if it is not among the first items.',
  })
  from!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Position with the rules, from 1. Null if it is not among the first items.',
  })
  to!: number | null;
}

@ObjectType({ description: 'What a rule would change, or what all of them do.' })
export class RulePreview {
  @Field(() => [SimilarItem], { complexity: counted, description: 'The first items without it, or them.' })
  before!: SimilarItem[];

  @Field(() => [SimilarItem], { complexity: counted, description: 'The first items with it, or them.' })
  after!: SimilarItem[];

  @Field(() => [RuleChange], {
    complexity: counted,
    description: 'Every item whose position changes, in the new order.',
  })
  changes!: RuleChange[];
}

/** Leaves out items that have been deleted since. */
export function toRulePreview(context: CatalogueContext, { changes, ...preview }: Preview): RulePreview {
  const itemsOf = (matches: SimilarMatches) => toSimilarItems(context, matches).edges.map(({ node }) => node);
  const [before, after] = [itemsOf(preview.before), itemsOf(preview.after)];
  const items = new Map([...before, ...after].map(({ item }) => [item.id, item]));
  return {
    before,
    after,
    changes: changes.flatMap(({ itemId, from, to }) => {
      const item = items.get(itemId);
      return item ? [{ item, from, to }] : [];
    }),
  };
}
