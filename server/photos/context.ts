import type { GarmentContext, GarmentServices } from '../garments/context.ts';
import type { PhotoLoaders } from './loaders.ts';
import type { PictureFetcher } from './picture-fetcher.ts';

export interface PhotoServices extends GarmentServices {
  readonly pictures: PictureFetcher;
}

export interface PhotoContext extends GarmentContext {
  readonly loaders: GarmentContext['loaders'] & PhotoLoaders;
  readonly pictures: PictureFetcher;
}
