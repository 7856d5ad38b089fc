import type { RequestScope } from '../access/context.ts';
import type { GarmentServices } from '../garments/context.ts';
import type { GarmentLoaders } from '../garments/loaders.ts';
import type { InHand } from '../watchdog/in-hand.ts';
import type { ErrorLinks } from './imports/errors-url.ts';
import type { ImportWatch } from './imports/watch.ts';
import type { ItemLoaders } from './items/loaders.ts';
import type { ImportQueue } from './queue/queue.ts';
import type { SlotLoaders } from './slots/loaders.ts';
import type { ItemLinks } from './staff/items-url.ts';

export interface CatalogueServices extends GarmentServices {
  readonly queue: ImportQueue;
  readonly watch: ImportWatch;
  readonly errorLinks: ErrorLinks;
  readonly itemLinks: ItemLinks;
  readonly inHand: InHand;
}

export interface CatalogueContext extends CatalogueServices, RequestScope {
  readonly loaders: GarmentLoaders & ItemLoaders & SlotLoaders;
}
