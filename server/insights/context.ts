import type { CatalogueContext, CatalogueServices } from '../catalogue/context.ts';
import type { InsightsLinks } from './links.ts';
import type { InsightsRecorder } from './recorder.ts';

export interface InsightsServices extends CatalogueServices {
  readonly recorder: InsightsRecorder;
  readonly insightsLinks: InsightsLinks;
}

export interface InsightsContext extends CatalogueContext {
  readonly recorder: InsightsRecorder;
  readonly insightsLinks: InsightsLinks;
}
