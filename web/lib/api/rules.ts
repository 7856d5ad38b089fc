import { request } from './client.ts';
import { ItemCardByIdDocument } from './generated/documents/items.ts';
import {
  CompareRulesDocument,
  PreviewRuleDocument,
  RemoveRuleDocument,
  RestoreRuleDocument,
  RulesPageDocument,
  SetRuleDocument,
} from './generated/documents/rules.ts';
import { ShopWordsDocument } from './generated/documents/shop.ts';
import type {
  PreviewRuleQuery,
  RuleFieldsFragment,
  RuleInput,
  RuleKind,
  RuleState,
  RuleStrength,
  SimilarTo,
} from './generated/graphql.ts';
import { nextCursor, type Page } from './page.ts';
import { type Category, type ItemCard, shapeItemCard } from './shapes.ts';

export type { RuleInput, RuleKind, RuleState, RuleStrength };

export interface Rule extends Omit<RuleFieldsFragment, 'target'> {
  target: {
    itemId: string | null;
    /** Null also if the shop no longer has the item. */
    item: ItemCard | null;
    category: Category | null;
    brand: string | null;
    attribute: { name: string; value: string } | null;
  };
}

export interface RulePreview {
  before: ItemCard[];
  after: ItemCard[];
  /** How likely each is to agree in category and colour, 0 to 1. */
  scores: Map<string, number>;
  /** By item: its place without the rule and with it, from 1; null if it is not among the first. */
  changes: Map<string, { from: number | null; to: number | null }>;
}

const PAGE = 100;
const PREVIEWED = 12;

/** The newest first; without a state, all that are not removed. */
export async function loadRules(
  state: RuleState | null,
  after: string | null,
  signal?: AbortSignal,
): Promise<Page<Rule>> {
  const { rules } = await request(RulesPageDocument, { state, first: PAGE, after }, signal);
  return {
    entries: rules.edges.map(({ node }) => shape(node)),
    next: nextCursor(rules.pageInfo),
    total: null,
  };
}

export async function setRule(rule: RuleInput): Promise<Rule> {
  return shape((await request(SetRuleDocument, { rule })).setRule);
}

export async function removeRule(id: string): Promise<Rule> {
  return shape((await request(RemoveRuleDocument, { id })).removeRule);
}

export async function restoreRule(id: string): Promise<Rule> {
  return shape((await request(RestoreRuleDocument, { id })).restoreRule);
}

/** `category`: the only one that is searched, as on shoppers' pages; null searches all. */
export async function previewRule(
  { rule, to, category }: { rule: RuleInput; to: SimilarTo; category: Category | null },
  signal: AbortSignal,
): Promise<RulePreview> {
  const filter = category && { categories: [category] };
  const { previewRule } = await request(PreviewRuleDocument, { rule, to, filter, first: PREVIEWED }, signal);
  return shapePreview(previewRule);
}

const COMPARED = 24;

/** `minScore`: the lowest score that is listed; null for the model's cutoff, as for shoppers. */
export interface Comparison {
  to: SimilarTo;
  category: Category | null;
  minScore: number | null;
}

/** A search without any rule and with all that are active. */
export async function compareRules(
  { to, category, minScore }: Comparison,
  signal: AbortSignal,
): Promise<RulePreview> {
  const filter = category && { categories: [category] };
  const variables = { to, filter, minScore, first: COMPARED };
  return shapePreview((await request(CompareRulesDocument, variables, signal)).compareRules);
}

function shapePreview({ before, after, changes }: PreviewRuleQuery['previewRule']): RulePreview {
  return {
    before: before.map(({ item }) => shapeItemCard(item)),
    after: after.map(({ item }) => shapeItemCard(item)),
    scores: new Map([...before, ...after].map(({ item, score }) => [item.id, score])),
    changes: new Map(changes.map(({ item, from, to }) => [item.id, { from: from ?? null, to: to ?? null }])),
  };
}

export async function loadItemCard(id: string, signal?: AbortSignal): Promise<ItemCard | null> {
  const { item } = await request(ItemCardByIdDocument, { id }, signal);
  return item ? shapeItemCard(item) : null;
}

/** The brand and colour names in the shop's feed. */
export async function loadShopWords(signal?: AbortSignal): Promise<{ brands: string[]; colors: string[] }> {
  return (await request(ShopWordsDocument, {}, signal)).shop;
}

function shape({ target, ...rule }: RuleFieldsFragment): Rule {
  return {
    ...rule,
    target: {
      itemId: target.itemId ?? null,
      item: target.item ? shapeItemCard(target.item) : null,
      category: target.category ?? null,
      brand: target.brand ?? null,
      attribute: target.attribute ?? null,
    },
  };
}
