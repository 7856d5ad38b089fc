import type { LookContext } from '../outfits/looks/context.ts';
import type { PhotoContext } from '../photos/context.ts';
import type { ShopLoaders } from '../shops/loaders.ts';

export interface NodeContext extends LookContext, PhotoContext {
  readonly loaders: LookContext['loaders'] & PhotoContext['loaders'] & ShopLoaders;
}
