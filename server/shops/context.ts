import type { AccessContext } from '../access/context.ts';
import type { ShopLoaders } from './loaders.ts';

export interface ShopContext extends AccessContext {
  readonly loaders: ShopLoaders;
}
