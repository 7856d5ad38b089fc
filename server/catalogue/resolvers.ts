import { CorrectionResolver } from './corrections.resolver.ts';
import { DuplicateResolver } from './duplicates/duplicates.resolver.ts';
import { ImportResolver } from './imports.resolver.ts';
import { ItemImageResolver, ItemResolver } from './items.resolver.ts';

export const catalogueResolvers = [
  ItemResolver,
  ItemImageResolver,
  ImportResolver,
  CorrectionResolver,
  DuplicateResolver,
] as const;
