import type { InsightsContext, InsightsServices } from './insights/context.ts';
import type { Loaders } from './loaders.ts';
import type { PhotoContext } from './photos/context.ts';
import type { TryOnContext, TryOnServices } from './try-on/context.ts';

/** What the server opens once and every request shares. */
export type Services = InsightsServices & TryOnServices;

/** What a resolver gets. Each room asks for its own part of it, by the context.ts of that room. */
export interface Context extends InsightsContext, PhotoContext, TryOnContext {
  readonly loaders: Loaders;
  readonly recorder: InsightsServices['recorder'];
}
