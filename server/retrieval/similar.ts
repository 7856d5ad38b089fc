import pgvector from 'pgvector/pg';
import { hasRole } from '../access/viewer.ts';
import type { CatalogueContext } from '../catalogue/context.ts';
import { checkFilter, filterKey, type ItemFilter } from '../catalogue/items/filter.ts';
import { type ItemImageRow, type ItemRow, listItemsWithImages } from '../catalogue/items/item.sql.ts';
import { isUuid, replicated, type ShopQueryable } from '../db/database.ts';
import { InvalidInputError } from '../errors/errors.ts';
import type { SearchOutcome } from '../garments/recorder.ts';
import {
  type ConnectionOf,
  checkFirst,
  cursorScope,
  decodeCursor,
  encodeCursor,
  toConnection,
} from '../graphql/connection.ts';
import type { EmbeddingSpace, Vision } from '../vision/contract.ts';
import { toSpace } from '../vision/embedding-space.ts';
import type { Category } from '../vocabulary/category.ts';
import { makeExplainer } from './explain.ts';
import { type MatchCounts, makeCounts } from './facets.ts';
import { interpretWords } from './interpret-words.ts';
import { listKnownSizes, listKnownWords } from './known-words.sql.ts';
import { checkRefinement, type Interpreted, planSearch, type Refinement, refinementKey } from './plan.ts';
import { allOf } from './ranking/conditions.ts';
import { activeRulesFor, type RankedItem, rankNearestItems, timeOfRules } from './ranking/rank.ts';
import { isRankKey } from './ranking/rank-key.ts';
import { noSuchTarget, readSearch } from './read-search.ts';
import { type Reason, singleValue } from './reason.ts';
import { cutoffOf, scoreOf, similarityOf } from './score.ts';
import { checkTarget, type SimilarTo } from './similar-to.ts';
import { sortNearestItems } from './sorting/sort-nearest.ts';
import type { Sort } from './sorting/sorted.sql.ts';
import type { TargetId } from './target.sql.ts';

export interface SimilarPage {
  readonly filter?: ItemFilter | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly minScore?: number | null | undefined;
  readonly refine?: Refinement | null | undefined;
  readonly sort?: Sort | 'closest' | undefined;
  readonly collapseVariants?: boolean | undefined;
}

export interface SimilarMatch {
  readonly itemId: string;
  /** Null if it has been deleted since it was found. */
  readonly item: ItemRow | null;
  readonly images: readonly ItemImageRow[];
  readonly similarity: number;
  readonly score: number;
  /** How merchandising rules moved it. */
  readonly effect: RankedItem['effect'];
  /** The first call reads the reasons of the whole page. */
  readonly explain: () => Promise<Reason | null>;
}

export interface SimilarMatches extends ConnectionOf<SimilarMatch> {
  readonly target: SearchOutcome['target'];
  /** The model's own cutoff, whatever `minScore` was. */
  readonly usualCutoff: number | null;
  readonly cutoff: number | null;
  readonly interpretation: Interpreted | null;
  readonly counts: MatchCounts;
}

/**
 * One page of the shop's items whose primary garments look most like the target, without the target itself and its group
 * (with `collapseVariants`), and without matches below the cutoff. `rulesOf` chooses the merchandising rules; a preview passes others. Throws NotFoundError for
 * an unknown target and InvalidInputError for a bad page or refinement.
 */
export async function findSimilarItems(
  { db, shopId, viewer, limiter, vision, loaders }: CatalogueContext,
  to: SimilarTo,
  page: SimilarPage,
  rulesOf = activeRulesFor,
): Promise<SimilarMatches> {
  const target = checkTarget(to);
  const { first, filter, minScore, refinement, sort, collapseVariants, scope, after } = checkPage(
    shopId,
    target,
    page,
  );
  await limiter.check('search', viewer);
  // Whoever changes the catalogue or its rules wants to see that at once.
  const reading = hasRole(viewer, 'merchandiser') ? db : replicated(db);
  if (reading !== db && db.replica?.isUsable()) {
    // A photo that was deleted is searched with nowhere, however late the replica is.
    const named = [target, ...refinement.moreLike, ...refinement.lessLike];
    await requireGarments(loaders, named);
  }
  return reading.inShop(shopId, async (tx) => {
    const likes = [...refinement.moreLike, ...refinement.lessLike];
    const { shop, targets, rules } = await readSearch(tx, [target, ...likes], timeOfRules(after));
    const { currency: shopCurrency, vectors } = shop;
    const wanted = targets.find(({ kind, id }) => kind === target.kind && id === target.id)!;
    if (wanted.embedding === null) {
      const counts = makeCounts({ db: reading, shopId }, null);
      const sought = { ...target, category: null, isOfPhoto: false };
      const none = { cutoff: minScore, usualCutoff: null, interpretation: null, counts, target: sought };
      return { ...toConnection([], first, page.after), ...none };
    }
    const space = spaceOf(vision, wanted.embeddingModel);
    const meaning = interpretWords(refinement.words, wanted.category as Category | null, shopCurrency);
    const knownWords = await listKnownWords(tx, meaning.titleWords);
    const knownSizes = await listKnownSizes(tx, meaning.sizes);
    const plan = planSearch({
      space,
      target: wanted,
      refinement,
      meaning,
      knownWords,
      knownSizes,
      rows: targets,
      shopCurrency,
    });
    const usualCutoff = cutoffOf(space.score, singleValue(plan.categories));
    const cutoff = minScore ?? usualCutoff;
    const similarityAt = (distance: number) => plan.offset + plan.scale * (1 - distance);
    const least = similarityOf(space.score, cutoff ?? 0);
    const active = rulesOf(rules, plan.categories);
    const search = {
      shopId,
      shopCurrency,
      vectors,
      embedding: pgvector.toSql([...plan.embedding]),
      embeddingModel: wanted.embeddingModel,
      filter,
      garmentsOnly: plan.garmentsOnly,
      where: allOf(plan.where, active.allowed),
      collapseVariants,
      exceptItemId: wanted.itemId ?? undefined,
      exceptGroupId: collapseVariants ? (wanted.groupId ?? undefined) : undefined,
    };
    const minSimilarity = (least - plan.offset) / plan.scale;
    const rowsOfPage = { limit: first + 1, after };
    const isNear = (distance: number) => similarityAt(distance) >= least;
    const rows =
      sort === 'closest'
        ? await rankNearestItems(tx, { search, active, isNear, ...rowsOfPage })
        : await sortNearestItems(tx, { search: { ...search, minSimilarity }, sort, ...rowsOfPage });
    const counts = makeCounts({ db: reading, shopId }, { ...search, minSimilarity });
    const itemIds = rows.slice(0, first).map(({ itemId }) => itemId);
    const contents = await readContents(tx, itemIds);
    const explain = makeExplainer({ db: reading, shopId }, plan, { space, vectors, itemIds });
    const edges = rows.map(({ itemId, distance, effect, key }) => {
      const similarity = Math.max(-1, similarityAt(distance));
      const score = scoreOf(space.score, similarity);
      const node = { itemId, ...contents(itemId), similarity, score, effect, explain: () => explain(itemId) };
      return { cursor: encodeCursor(scope, key), node };
    });
    const isOfPhoto = wanted.itemId === null;
    return {
      ...toConnection(edges, first, page.after),
      cutoff,
      interpretation: plan.interpretation,
      counts,
      target: { ...target, category: wanted.category, isOfPhoto },
      usualCutoff,
    };
  });
}

/** Fills in defaults. Cursors are bound to the search by `scope`. */
function checkPage(shopId: string, target: TargetId, page: SimilarPage) {
  const checked = {
    first: checkFirst(page.first),
    filter: checkFilter(page.filter),
    minScore: checkMinScore(page.minScore),
    refinement: checkRefinement(page.refine),
    sort: page.sort ?? ('closest' as const),
    collapseVariants: page.collapseVariants ?? true,
  };
  const scope = cursorScope(
    'similar',
    shopId,
    target.kind,
    target.id,
    filterKey(checked.filter),
    checked.minScore,
    refinementKey(checked.refinement),
    checked.sort,
    checked.collapseVariants,
  );
  const after = page.after ? decodeCursor(scope, page.after, isRankKey) : undefined;
  return { ...checked, scope, after };
}

/** Reads items and images in the transaction of the search, since nearly every query shows them. */
async function readContents(db: ShopQueryable, itemIds: readonly string[]) {
  const { items, images } = await listItemsWithImages(db, itemIds);
  const byId = new Map(items.map((row) => [row.id, row]));
  return (id: string) => ({
    item: byId.get(id) ?? null,
    images: images.filter(({ itemId }) => itemId === id),
  });
}

/** Vectors left by an earlier model have an unknown space: only their cosine is used. */
function spaceOf({ embedding, embedders = [] }: Vision, model: string): EmbeddingSpace {
  const known = [embedding, ...embedders.map(({ space }) => space)];
  return known.find((space) => space.model === model) ?? toSpace(model, {});
}

function checkMinScore(minScore: number | null | undefined): number | null {
  if (minScore === null || minScore === undefined) return null;
  if (minScore >= 0 && minScore <= 1) return minScore;
  throw new InvalidInputError('minScore must be from 0 to 1.', { field: 'minScore' });
}

/** Throws NotFoundError unless all garments among the targets are there, by the database itself. */
async function requireGarments(
  { garment }: CatalogueContext['loaders'],
  targets: readonly TargetId[],
): Promise<void> {
  const ids = targets.flatMap(({ kind, id }) => (kind === 'garment' ? [id] : []));
  const found = await Promise.all(ids.map((id) => (isUuid(id) ? garment.load(id) : null)));
  if (found.includes(null)) throw noSuchTarget('garment');
}
