import { Field, Int, ObjectType } from 'type-graphql';
import { Item, toItem } from '../catalogue/items/item.type.ts';
import type { Context } from '../context.ts';
import { SimilarItem, toSimilarItems } from '../retrieval/similar-item.type.ts';
import type { Preview } from './preview.ts';

@ObjectType({ description: 'An item that a rule moves.' })
export class RuleChange {
  @Field(() => Item, { description: 'As the shop sells it.' })
  item!: Item;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place without the rule, from 1; null where it is not among the first.',
  })
  from!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Its place with the rule, from 1; null where it is not among the first.',
  })
  to!: number | null;
}

@ObjectType({ description: 'What a rule would change.' })
export class RulePreview {
  @Field(() => [SimilarItem], { description: 'The first items without the rule.' })
  before!: SimilarItem[];

  @Field(() => [SimilarItem], { description: 'The first items with the rule.' })
  after!: SimilarItem[];

  @Field(() => [RuleChange], { description: 'Every item whose place differs, in the new order.' })
  changes!: RuleChange[];
}

/** A change of an item that was deleted since is left out. */
export async function toRulePreview(context: Context, preview: Preview): Promise<RulePreview> {
  const itemsOf = async (matches: Preview['before']) =>
    (await toSimilarItems(context, matches)).edges.map(({ node }) => node);
  const rows = await Promise.all(preview.changes.map(({ itemId }) => context.loaders.item.load(itemId)));
  return {
    before: await itemsOf(preview.before),
    after: await itemsOf(preview.after),
    changes: preview.changes.flatMap(({ from, to }, i) => {
      const row = rows[i];
      return row ? [{ item: toItem(row), from, to }] : [];
    }),
  };
}
