import type { CatalogueContext, CatalogueServices } from '../catalogue/context.ts';
import type { PhotoContext, PhotoServices } from '../photos/context.ts';
import type { Previews } from './previews.ts';

export interface TryOnServices extends CatalogueServices, PhotoServices {
  readonly previews: Previews;
}

export interface TryOnContext extends TryOnServices, CatalogueContext, PhotoContext {
  readonly loaders: CatalogueContext['loaders'] & PhotoContext['loaders'];
}
