import type { InsightsContext } from './context.ts';
import type { HoldOutArm, HoldOutResult, InsightCounts, Insights } from './insights.type.ts';
import { difference, wilson } from './interval.ts';
import { type ArmName, type CountKind, dayOf, daysBetween, PAGES } from './kinds.ts';
import { checkPeriod, type Period } from './period.ts';
import { listKeyNames, type SumRow, sumCounts } from './read.sql.ts';

const KIND_OF: Readonly<Record<keyof InsightCounts, CountKind>> = {
  visits: 'visited',
  photos: 'photo',
  photosWithoutGarments: 'photo_without_garments',
  searches: 'search',
  itemSearches: 'item_search',
  zeroResults: 'zero_result',
  lowConfidence: 'low_confidence',
  shown: 'shown',
  opened: 'opened',
  clickedOut: 'clicked_out',
  added: 'added',
  outfitsShown: 'outfit_shown',
  outfitsUsed: 'outfit_used',
  widgetsEmpty: 'widget_empty',
  widgetsFailed: 'widget_failed',
  unknownItems: 'unknown_item',
};

/** Everything about a period that the counts by day say. Throws InvalidInputError for a bad period. */
export async function readInsights(
  { db, shopId, insightsLinks, recorder }: InsightsContext,
  asked: Period,
): Promise<Insights> {
  const period = checkPeriod(asked);
  // What waits counts too, also where writes are far apart.
  await recorder.flush();
  const { rows, keys } = await db.inShop(shopId, async (tx) => {
    const sums = await sumCounts(tx, { shopId, ...period });
    const ids = [...new Set(sums.flatMap(({ source }) => source ?? []))];
    return { rows: sums, keys: await listKeyNames(tx, shopId, ids) };
  });
  const bySource = groupBy(rows, ({ source }) => source);
  const byDay = groupBy(rows, ({ day }) => day);
  const nameOf = (id: string) => keys.find((key) => key.id === id)?.name ?? null;
  const subjects = rows.filter(({ subject }) => subject !== null && subject !== '');
  return {
    ...period,
    totals: toCounts([...bySource.values()].flat()),
    days: allDays(period).map((day) => ({ day, counts: toCounts(byDay.get(day) ?? []) })),
    garments: subjects
      .filter(({ kind }) => kind === 'garment')
      .map(({ subject, count }) => ({ category: Number(subject), count }))
      .sort((a, b) => b.count - a.count || a.category - b.category),
    confidence: Array.from({ length: 10 }, (_, tenth) => ({
      from: tenth / 10,
      to: (tenth + 1) / 10,
      count: countOf(
        subjects.filter(({ subject }) => subject === String(tenth)),
        'confidence',
      ),
    })),
    sources: [...bySource]
      .map(([id, own]) => ({ id, name: id === PAGES ? null : nameOf(id), counts: toCounts(own) }))
      .sort((a, b) => busyness(b.counts) - busyness(a.counts)),
    holdOut: [...bySource].flatMap(([id, own]) => {
      const holdOut = keys.find((key) => key.id === id)?.holdOut ?? 0;
      const result = compareArms(own);
      return result.heldOut.visits > 0 || holdOut > 0 ? [{ id, name: nameOf(id), holdOut, ...result }] : [];
    }),
    files: {
      counts: insightsLinks.csvUrl(shopId, 'counts', period),
      items: insightsLinks.csvUrl(shopId, 'items', period),
    },
  };
}

function toCounts(rows: readonly SumRow[]): InsightCounts {
  const entries = Object.entries(KIND_OF).map(([name, kind]) => [name, countOf(rows, kind)]);
  return Object.fromEntries(entries) as unknown as InsightCounts;
}

function countOf(rows: readonly SumRow[], kind: CountKind): number {
  return rows.reduce((sum, row) => (row.kind === kind ? sum + row.count : sum), 0);
}

function busyness({ searches, itemSearches, shown }: InsightCounts): number {
  return searches + itemSearches + shown;
}

function compareArms(rows: readonly SumRow[]): Pick<HoldOutResult, 'shown' | 'heldOut' | 'difference'> {
  const armOf = (name: ArmName): HoldOutArm => {
    const own = rows.filter(({ arm }) => arm === name);
    const [visits, visitsWithAdded] = [countOf(own, 'visited'), countOf(own, 'added_visit')];
    return { visits, visitsWithAdded, added: wilson(visitsWithAdded, visits) };
  };
  const [shown, heldOut] = [armOf('shown'), armOf('held_out')];
  const both = shown.added && heldOut.added;
  return { shown, heldOut, difference: both ? difference(shown.added!, heldOut.added!) : null };
}

function allDays({ from, to }: Period): string[] {
  const first = Date.parse(from);
  return Array.from({ length: daysBetween(from, to) }, (_, index) => dayOf(first, -index));
}

/** Without the rows whose key is null: they are grouped by something else. */
function groupBy(rows: readonly SumRow[], keyOf: (row: SumRow) => string | null): Map<string, SumRow[]> {
  const groups = new Map<string, SumRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
