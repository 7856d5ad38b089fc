import { ObjectType } from 'type-graphql';
import type { StaffFilter } from './staff-filter.type.ts';

/** Its fields are in catalogue.resolver.ts. */
@ObjectType({ description: 'Items of the shop as its staff see them: also what shoppers do not.' })
export class Catalogue {
  /** Not in the API: which items. */
  filter!: StaffFilter;
}
