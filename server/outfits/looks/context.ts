import type { CatalogueContext } from '../../catalogue/context.ts';
import type { LookLoaders } from './loaders.ts';

export interface LookContext extends CatalogueContext {
  readonly loaders: CatalogueContext['loaders'] & LookLoaders;
}
