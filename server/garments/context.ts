import type { RequestScope } from '../access/context.ts';
import type { ImageServices } from '../images/context.ts';
import type { Vision } from '../vision/contract.ts';
import type { GarmentLoaders } from './loaders.ts';
import type { Recorder } from './recorder.ts';

export interface GarmentServices extends ImageServices {
  readonly vision: Vision;
  readonly recorder: Recorder;
}

export interface GarmentContext extends GarmentServices, RequestScope {
  readonly loaders: GarmentLoaders;
}
