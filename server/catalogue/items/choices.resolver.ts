import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { hasRole } from '../../access/viewer.ts';
import { listCost } from '../../graphql/cost.ts';
import type { CatalogueContext } from '../context.ts';
import { GarmentChoice } from './choice.type.ts';
import { Item } from './item.type.ts';
import { listChoices } from './list-choices.ts';

@Resolver(() => Item)
export class ChoiceResolver {
  @FieldResolver(() => [GarmentChoice], {
    complexity: listCost(),
    description:
      "The garments in the item's images, largest first in each, and why searches match one of them. Empty for all but " +
      'merchandisers and admins.',
  })
  async choices(@Root() { id, title }: Item, @Ctx() context: CatalogueContext): Promise<GarmentChoice[]> {
    return hasRole(context.viewer, 'merchandiser') ? listChoices(context, { id, title }) : [];
  }
}
