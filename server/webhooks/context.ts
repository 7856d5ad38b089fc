import type { CatalogueContext, CatalogueServices } from '../catalogue/context.ts';

export type WebhookServices = Pick<CatalogueServices, 'config' | 'db' | 'queue' | 'log'>;
export type WebhookContext = Pick<CatalogueContext, 'config' | 'db' | 'shopId' | 'viewer'>;
