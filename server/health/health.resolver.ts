import { Ctx, Query, Resolver } from 'type-graphql';
import { requireRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { readHealth } from './health.ts';
import { RetrievalHealth } from './health.type.ts';

@Resolver()
export class HealthResolver {
  @Query(() => RetrievalHealth, {
    complexity: 1000,
    description:
      'Compares the vector index with an exact search of the shop. Requires a merchandiser or admin key.',
  })
  async retrievalHealth(@Ctx() context: CatalogueContext): Promise<RetrievalHealth> {
    requireRole(context.viewer, 'merchandiser');
    const { recall, ...health } = await readHealth(context);
    return { ...health, recallAt20: recall };
  }
}
