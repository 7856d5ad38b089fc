import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { type Item, toItem } from '../catalogue/items/item.type.ts';
import { listCost, WORK_COST } from '../graphql/cost.ts';
import { type Compared, compareModels, overlapOf } from './compare.ts';
import { EmbeddingModel, ModelComparison, type ModelExample } from './model.type.ts';
import { dropModelVectors, listModelStatus, promoteModel, rollBackModel } from './models.ts';

const MODEL = { description: 'Id of the model.' } as const;

@Resolver()
export class ModelResolver {
  @Query(() => [EmbeddingModel], {
    complexity: listCost(),
    description:
      'Embedding models of the shop: the original one first, then the others, newest first. Requires a ' +
      'merchandiser or admin key.',
  })
  models(@Ctx() context: CatalogueContext): Promise<EmbeddingModel[]> {
    requireRole(context.viewer, 'merchandiser');
    return listModelStatus(context);
  }

  @Query(() => ModelComparison, {
    complexity: WORK_COST,
    description:
      'Compares a model with the one in use. Takes at most ten seconds. Requires a merchandiser or admin ' +
      'key.',
  })
  async compareModels(
    @Arg('id', () => ID, MODEL) id: string,
    @Arg('sample', () => Int, {
      defaultValue: 50,
      description: 'Number of items to search with, from 1 to 200.',
    })
    sample: number,
    @Ctx() context: CatalogueContext,
  ): Promise<ModelComparison> {
    requireRole(context.viewer, 'merchandiser');
    const { examples, ...result } = await compareModels(context, id, sample);
    const shown = await Promise.all(examples.map((example) => toExample(context, example)));
    return { ...result, examples: shown.filter((example) => example !== null) };
  }

  @Mutation(() => EmbeddingModel, {
    description:
      "Switches the shop's searches to a model that is READY, at once. The old vectors are kept. Fails with " +
      'MODEL_NOT_USABLE. Requires an admin key.',
  })
  promoteModel(
    @Arg('id', () => ID, MODEL) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<EmbeddingModel> {
    requireRole(context.viewer, 'admin');
    return promoteModel(context, id);
  }

  @Mutation(() => EmbeddingModel, {
    description:
      "Switches the shop's searches back to the previous model, at once. Fails with MODEL_NOT_USABLE. " +
      'Requires an admin key.',
  })
  rollBackModel(@Ctx() context: CatalogueContext): Promise<EmbeddingModel> {
    requireRole(context.viewer, 'admin');
    return rollBackModel(context);
  }

  @Mutation(() => EmbeddingModel, {
    description:
      'Deletes the vectors of a model that is not in use. For "original", the vectors of the model in use ' +
      'replace them in the background, and that model is returned. Requires an admin key.',
  })
  dropModel(
    @Arg('id', () => ID, MODEL) id: string,
    @Ctx() context: CatalogueContext,
  ): Promise<EmbeddingModel> {
    requireRole(context.viewer, 'admin');
    return dropModelVectors(context, id);
  }
}

/** Items that were deleted meanwhile are left out. */
async function toExample({ loaders }: CatalogueContext, compared: Compared): Promise<ModelExample | null> {
  const load = async (ids: readonly string[]): Promise<Item[]> =>
    (await Promise.all(ids.map((id) => loaders.item.load(id)))).flatMap((row) => (row ? [toItem(row)] : []));
  const [[item], before, after] = await Promise.all([
    load([compared.itemId]),
    load(compared.before),
    load(compared.after),
  ]);
  return item ? { item, before, after, overlap: overlapOf(compared) } : null;
}
