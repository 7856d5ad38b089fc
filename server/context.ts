import type { InsightsContext, InsightsServices } from './insights/context.ts';
import type { Loaders } from './loaders.ts';
import type { PhotoContext, PhotoServices } from './photos/context.ts';

/** What the server opens once and every request shares. */
export type Services = InsightsServices & PhotoServices;

/** What a resolver gets. Each room asks for its own part of it, by the context.ts of that room. */
export interface Context extends InsightsContext, PhotoContext {
  readonly loaders: Loaders;
  readonly recorder: InsightsServices['recorder'];
}
