'use client';

import { useState } from 'react';
import { useShop } from '@/components/layout/shop-provider.tsx';
import { Chosen } from '@/components/manage/chosen.tsx';
import { ItemPicker } from '@/components/manage/item-picker.tsx';
import { Check } from '@/components/ui/check.tsx';
import { Failure } from '@/components/ui/failure.tsx';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import type { ItemFilter, SimilarTo } from '@/lib/api/generated/graphql.ts';
import { loadItem, loadItems } from '@/lib/api/items.ts';
import { type RulePreview as Preview, previewRule, type RuleInput } from '@/lib/api/rules.ts';
import type { Category, Garment, ItemCard } from '@/lib/api/shapes.ts';
import { loadSimilarItems } from '@/lib/api/similar.ts';
import { CATEGORY_NAMES, garmentName } from '@/lib/categories.ts';
import { count } from '@/lib/format.ts';
import { useLoaded } from '@/lib/hooks/use-loaded.ts';
import { useSettled } from '@/lib/hooks/use-settled.ts';
import { usualCategory } from '@/lib/similar-question.ts';
import { type Draft, missing, targetFilter, toInput } from './draft.ts';
import { PhotoGarment } from './photo-garment.tsx';
import { PreviewList } from './preview-list.tsx';
import styles from './rules.module.css';

/** How the drafted rule changes the items similar to an item or a photo's garment: before and after, side by side. */
export function RulePreview({ draft }: { draft: Draft }) {
  const [chosen, setChosen] = useState<ItemCard | null>(null);
  const usual = useUsualSample(draft);
  const [garment, setGarment] = useState<Garment | null>(null);
  const sample = chosen ?? usual;
  const to = garment ? { garmentId: garment.id } : sample && { itemId: sample.id };
  const category = useCategory(garment, sample);
  const lacking = missing(draft);
  return (
    <section className={styles.preview} aria-labelledby="preview">
      <h2 id="preview">Before and after</h2>
      {sample === undefined && !garment && <Skeleton className={styles.place} />}
      {garment && <ChosenGarment garment={garment} onChange={() => setGarment(null)} />}
      {sample !== undefined && !garment && (
        <>
          <ItemPicker key={sample?.id ?? ''} label="Similar to" item={sample} onChange={setChosen} />
          <PhotoGarment onChoose={setGarment} />
        </>
      )}
      {lacking && <p className={styles.soft}>{lacking} Then you see here what the rule changes.</p>}
      {to && !lacking && category !== undefined && (
        <Compared input={toInput(draft)} to={to} category={category} />
      )}
    </section>
  );
}

function ChosenGarment({ garment, onChange }: { garment: Garment; onChange(): void }) {
  return (
    <Chosen picture={<img className={styles.crop} src={garment.cropUrl} alt="" />} onChange={onChange}>
      <p>
        <span className={styles.soft}>Similar to the</span> {garmentName(garment).toLowerCase()} of a photo
      </p>
    </Chosen>
  );
}

interface ComparedProps {
  input: RuleInput | null;
  to: SimilarTo;
  /** Category of what is searched with. */
  category: Category | null;
}

function Compared({ input, to, category }: ComparedProps) {
  const usual = usualCategory(useShop(), category);
  const [everywhere, setEverywhere] = useState(false);
  // Dates and notes do not affect the preview.
  const rule = { ...input, startsAt: null, endsAt: null, note: null };
  const question = JSON.stringify({ rule, to, category: everywhere ? null : usual });
  const { value, error, reload } = useLoaded(`before and after ${question}`, (signal) =>
    previewRule(JSON.parse(question), signal),
  );
  // The previous preview stays until the next one has loaded, so that the lists do not flicker while typing.
  const [shown, setShown] = useState<{ preview: Preview; question: string }>();
  if (value && shown?.preview !== value) setShown({ preview: value, question });

  if (error) return <Failure error={error} onRetry={reload} />;
  if (!shown) return <Skeleton className={styles.place} />;
  return (
    <>
      <p role="status" className={styles.soft}>
        {sentence(shown.preview, JSON.parse(shown.question).rule)}
      </p>
      {usual && (
        <div>
          <p className={styles.soft}>
            Shoppers see matches of the same category first: {CATEGORY_NAMES[usual].toLowerCase()}.
          </p>
          <Check checked={everywhere} onChange={({ target }) => setEverywhere(target.checked)}>
            Preview all categories
          </Check>
        </div>
      )}
      <div className={styles.sides} aria-busy={!value}>
        <PreviewList
          title="Before"
          items={shown.preview.before}
          changes={shown.preview.changes}
          side="from"
        />
        <PreviewList title="After" items={shown.preview.after} changes={shown.preview.changes} side="to" />
      </div>
    </>
  );
}

function sentence({ before, changes }: Preview, rule: RuleInput | null): string {
  if (before.length === 0) return 'Nothing is similar enough to it, so there is nothing to change.';
  if (changes.size === 0) {
    const stock =
      rule?.kind === 'PIN' && !rule.includeOutOfStock ? ' A pin moves what is in stock alone.' : '';
    return `Nothing changes among the first items.${stock}`;
  }
  return `${count(changes.size, 'item')} of the first ones ${changes.size === 1 ? 'has' : 'have'} another place.`;
}

/** Category of what is searched with; undefined until known. */
function useCategory(garment: Garment | null, sample: ItemCard | null | undefined) {
  const id = garment ? null : (sample?.id ?? null);
  const { value } = useLoaded(`category of ${id}`, async (signal) =>
    id === null ? null : ((await loadItem(id, signal))?.category ?? null),
  );
  return garment ? garment.category : value;
}

/** An item beside which the rule shows; null if the shop has none, undefined until known. The last one stays meanwhile. */
function useUsualSample(draft: Draft): ItemCard | null | undefined {
  const { targetKind, item, category, searchCategories } = draft;
  const categories =
    searchCategories.length > 0 ? searchCategories : targetKind === 'category' ? [category] : [];
  const itemId = targetKind === 'item' ? (item?.id ?? null) : null;
  const question = useSettled(JSON.stringify([itemId, targetFilter(draft), categories]));
  const { value } = useLoaded(`sample ${question}`, async (signal) => {
    const [chosenId, target, ofCategories] = JSON.parse(question);
    const filter = ofCategories.length > 0 ? { categories: ofCategories } : {};
    const first = async (within: ItemFilter) => {
      const { entries } = await loadItems({ filter: within, after: null, signal });
      return entries.find(({ pending, failed, id }) => !pending && !failed && id !== chosenId) ?? null;
    };
    const targetId = chosenId ?? (target && (await first({ ...filter, ...target }))?.id);
    if (targetId) {
      // Of its own kind, as shoppers would come to it.
      const own = ofCategories.length > 0 ? null : (await loadItem(targetId, signal))?.category;
      const alike = own ? { categories: [own] } : filter;
      const similar = {
        to: { itemId: targetId },
        filter: alike,
        refine: null,
        minScore: null,
        sort: 'CLOSEST' as const,
      };
      const [best] = (await loadSimilarItems(similar, null, signal)).entries;
      if (best) return best.item;
    }
    return first(filter);
  });
  const [kept, setKept] = useState(value);
  if (value !== undefined && value !== kept) setKept(value);
  return value === undefined ? kept : value;
}
