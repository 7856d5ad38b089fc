import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Item } from '../catalogue/items/item.type.ts';
import { MAX_PAGE } from '../graphql/connection.ts';
import { listCost, pageCost } from '../graphql/cost.ts';
import { DateTime, LocalDate } from '../graphql/scalars.ts';
import { Category } from '../vocabulary/category.ts';
import type { ItemSumRow, MissRow } from './read.sql.ts';

/** Counts of this length are usual: a month's days. */
const USUAL_DAYS = 30;
const CATEGORIES = 13;
const TENTHS = 10;

const whole = (description: string) => Field(() => Float, { description });

/** Whole numbers, as Float: a year of a large shop may exceed Int. */
@ObjectType({ description: 'What shoppers did.' })
export class InsightCounts {
  @whole('Visits, as reported by clients.')
  visits!: number;

  @whole('Photos that were searched with.')
  photos!: number;

  @whole('Photos in which no garment was found.')
  photosWithoutGarments!: number;

  @whole("Searches with a garment of a shopper's photo. Changes within a minute belong to the same search.")
  searches!: number;

  @whole('Searches for items like an item.')
  itemSearches!: number;

  @whole('Of `searches`, those without a match.')
  zeroResults!: number;

  @whole('Of `searches`, those whose best match has a score below 0.5.')
  lowConfidence!: number;

  @whole('Recommended items that came into view.')
  shown!: number;

  @whole('Items that were opened.')
  opened!: number;

  @whole("Items whose link to the shop's page was followed.")
  clickedOut!: number;

  @whole('Items that were added to the basket.')
  added!: number;

  @whole('Outfits that came into view.')
  outfitsShown!: number;

  @whole('Outfits that were opened or changed.')
  outfitsUsed!: number;

  @whole('Widgets that had nothing to show.')
  widgetsEmpty!: number;

  @whole('Widgets that were refused an answer, or had none in time, as far as they could report it.')
  widgetsFailed!: number;

  @whole('Events that were dropped, because the shop has no item with their id.')
  unknownItems!: number;
}

@ObjectType({ description: 'What shoppers did on one day.' })
export class InsightDay {
  @Field(() => LocalDate, { description: 'The day, in UTC.' })
  day!: string;

  @Field(() => InsightCounts, { description: 'What shoppers did on that day.' })
  counts!: InsightCounts;
}

@ObjectType({ description: "How many garments of a category were found in shoppers' photos." })
export class GarmentCount {
  @Field(() => Category, { description: 'The category.' })
  category!: Category;

  @whole('Number of garments.')
  count!: number;
}

@ObjectType({ description: 'How many searches had a best match with a score in this range.' })
export class ConfidenceCount {
  @Field(() => Float, { description: 'Lowest score of the range.' })
  from!: number;

  @Field(() => Float, { description: 'Highest score of the range.' })
  to!: number;

  @whole('Number of searches.')
  count!: number;
}

/** Its field `item` is in insights.resolver.ts. */
@ObjectType({ description: 'What shoppers did with an item.' })
export class ItemInsight implements ItemSumRow {
  @Field(() => ID, { description: 'Id of the item.' })
  itemId!: string;

  @whole('How often it came into view as a recommendation.')
  shown!: number;

  @whole('How often it was opened.')
  opened!: number;

  @whole("How often its link to the shop's page was followed.")
  clickedOut!: number;

  @whole('How often it was added to the basket.')
  added!: number;
}

/** Its field `cropUrl` is in insights.resolver.ts. */
@ObjectType({ description: "A search with a shopper's garment that found nothing, or nothing close." })
export class MissedSearch implements MissRow {
  @Field(() => ID, { description: 'Id of the garment.' })
  garmentId!: string;

  @Field(() => Category, { nullable: true, description: 'Category of the garment. Null if it has none.' })
  category!: Category | null;

  @Field(() => Float, { nullable: true, description: 'Highest score. Null if nothing was found.' })
  best!: number | null;

  @Field(() => Boolean, { description: 'Whether the shopper had narrowed the search by filters or words.' })
  isNarrowed!: boolean;

  @Field(() => DateTime, { description: 'When the search was noted.' })
  notedAt!: Date;

  @Field(() => DateTime, { description: "When it is deleted, together with the shopper's photo." })
  expiresAt!: Date;

  /** Not in the API. */
  source!: string;
}

@ObjectType({ description: 'Some items of a list, and how many it has.' })
export class ItemSample {
  @Field(() => Int, { description: 'Number of items in the list, at most 1,000.' })
  count!: number;

  @Field(() => Boolean, { description: 'False if there are more than 1,000.' })
  isExact!: boolean;

  @Field(() => [Item], { complexity: pageCost(MAX_PAGE), description: 'The first of them.' })
  items!: Item[];
}

@ObjectType({ description: 'What shoppers did who came by one key, or without a key.' })
export class InsightSource {
  @Field(() => ID, { description: 'Id of the key; "pages" for requests without a key.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the key. Null without a key.' })
  name!: string | null;

  @Field(() => InsightCounts, { description: 'What these shoppers did.' })
  counts!: InsightCounts;
}

@ObjectType({ description: 'A share with its 95 % interval, each from −1 to 1.' })
export class ShareInterval {
  @Field(() => Float, { description: 'The share.' })
  share!: number;

  @Field(() => Float, { description: 'Lower end of the interval.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end of the interval.' })
  high!: number;
}

@ObjectType({ description: 'One part of the visits.' })
export class HoldOutArm {
  @whole('Number of visits.')
  visits!: number;

  @whole('Of these, visits in which an item was added to the basket.')
  visitsWithAdded!: number;

  @Field(() => ShareInterval, {
    nullable: true,
    description: "Share of visits in which an item was added, with Wilson's interval. Null without visits.",
  })
  added!: ShareInterval | null;
}

@ObjectType({ description: 'Visits that see recommendations, compared with visits that see none.' })
export class HoldOutResult {
  @Field(() => ID, { description: 'Id of the key.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the key.' })
  name!: string | null;

  @Field(() => Float, { description: 'Share of visits that the key holds out now.' })
  holdOut!: number;

  @Field(() => HoldOutArm, { description: 'Visits that see recommendations.' })
  shown!: HoldOutArm;

  @Field(() => HoldOutArm, { description: 'Visits that see none.' })
  heldOut!: HoldOutArm;

  @Field(() => ShareInterval, {
    nullable: true,
    description:
      'Share of visits with an added item among those that see recommendations, minus that among the others, with ' +
      "Newcombe's interval. If it includes 0, the numbers do not show a difference. Null if either part has no visits.",
  })
  difference!: ShareInterval | null;
}

@ObjectType({ description: 'Links to the counts as CSV. They work for 15 minutes.' })
export class InsightFiles {
  @Field(() => String, { description: 'All counts by day, source, part and kind.' })
  counts!: string;

  @Field(() => String, { description: 'Counts by day, source and item.' })
  items!: string;
}

/** Its fields `topItems`, `missedSearches` and `neverFound` are in insights.resolver.ts. */
@ObjectType({ description: 'What shoppers did in a period, counted by day. Days are in UTC.' })
export class Insights {
  @Field(() => LocalDate, { description: 'First day.' })
  from!: string;

  @Field(() => LocalDate, { description: 'Last day.' })
  to!: string;

  @Field(() => InsightCounts, { description: 'Sums over the period.' })
  totals!: InsightCounts;

  @Field(() => [InsightDay], {
    complexity: listCost({ length: USUAL_DAYS }),
    description: 'Every day of the period, also those without counts.',
  })
  days!: InsightDay[];

  @Field(() => [GarmentCount], {
    complexity: listCost({ length: CATEGORIES }),
    description: "Garments found in shoppers' photos, by category, the most frequent first.",
  })
  garments!: GarmentCount[];

  @Field(() => [ConfidenceCount], {
    complexity: listCost({ length: TENTHS }),
    description:
      'Searches by the score of their best match, in ten ranges. Searches without a match are not in it.',
  })
  confidence!: ConfidenceCount[];

  @Field(() => [InsightSource], {
    complexity: listCost(),
    description: 'Keys that were used in the period, and requests without a key.',
  })
  sources!: InsightSource[];

  @Field(() => [HoldOutResult], {
    complexity: listCost(),
    description: 'A comparison for each key that holds visits out, or did in the period.',
  })
  holdOut!: HoldOutResult[];

  @Field(() => InsightFiles, { description: 'The counts as CSV.' })
  files!: InsightFiles;

  /** Not in the API. */
  source!: string | null;
}
