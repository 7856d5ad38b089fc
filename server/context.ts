import type { InsightsContext, InsightsServices } from './insights/context.ts';
import type { Loaders } from './loaders.ts';

/** What the server opens once and every request shares. */
export type Services = InsightsServices;

/** What a resolver gets. Each room asks for its own part of it, by the context.ts of that room. */
export interface Context extends InsightsContext {
  readonly loaders: Loaders;
}
