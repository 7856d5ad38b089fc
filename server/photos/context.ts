import type { GarmentContext } from '../garments/context.ts';
import type { PhotoLoaders } from './loaders.ts';

export interface PhotoContext extends GarmentContext {
  readonly loaders: GarmentContext['loaders'] & PhotoLoaders;
}
