import type { CatalogueContext, CatalogueServices } from './catalogue/context.ts';
import type { Loaders } from './loaders.ts';
import type { PhotoContext, PhotoServices } from './photos/context.ts';

/** What the server opens once and every request shares. */
export type Services = CatalogueServices & PhotoServices;

/** What a resolver gets. Each room asks for its own part of it, by the context.ts of that room. */
export interface Context extends CatalogueContext, PhotoContext {
  readonly loaders: Loaders;
}
