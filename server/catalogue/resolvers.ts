import { DeletedItemResolver } from './deleted/deleted.resolver.ts';
import { DuplicateResolver } from './duplicates/duplicates.resolver.ts';
import { ImportResolver } from './imports/imports.resolver.ts';
import { ChoiceResolver } from './items/choices.resolver.ts';
import { CorrectionResolver } from './items/corrections.resolver.ts';
import { ItemImageResolver, ItemResolver } from './items/items.resolver.ts';
import { ShopFacetResolver } from './items/shop-facets.resolver.ts';
import { PreviewResolver } from './preview/preview.resolver.ts';
import { ShopSlotResolver, SlotResolver } from './slots/slots.resolver.ts';
import { CatalogueResolver } from './staff/catalogue.resolver.ts';

export const catalogueResolvers = [
  ItemResolver,
  ItemImageResolver,
  ImportResolver,
  DeletedItemResolver,
  PreviewResolver,
  CorrectionResolver,
  ChoiceResolver,
  DuplicateResolver,
  ShopFacetResolver,
  SlotResolver,
  ShopSlotResolver,
  CatalogueResolver,
] as const;
