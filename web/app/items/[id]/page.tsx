import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { ItemPage } from '@/components/items/item-page.tsx';
import { MissingItem } from '@/components/items/missing-item.tsx';
import { serverBridge } from '@/lib/api/in-server.ts';
import { findItem, findShop, type PageInput, toParameters, withItem } from '@/lib/arriving.ts';
import { findWords } from '@/lib/i18n/page-words.ts';
import { answerNotFound, missingMetadata } from '@/lib/missing.ts';
import { idOfParameter } from '@/lib/path-id.ts';
import { productData, productMetadata, toScript } from '@/lib/product-data.ts';

type Props = PageInput<{ id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [item, shop, { t }] = await Promise.all([findItem(await idOf(params)), findShop(), findWords()]);
  if (item === null) return missingMetadata(t('item.missing'));
  if (!item) return { title: t('item.page') };
  return productMetadata(item, shop?.name ?? null, publicOrigin());
}

export default async function Page({ params, searchParams }: Props) {
  const id = await idOf(params);
  const item = await findItem(id);
  if (item === null) {
    answerNotFound();
    return <MissingItem />;
  }
  if (!item) return <ItemPage id={id} />;
  const state = await withItem(item, toParameters(await searchParams));
  return (
    <HydrationBoundary state={state}>
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: toScript leaves nothing that could end the element.
        dangerouslySetInnerHTML={{ __html: toScript(productData(item, publicOrigin())) }}
      />
      <ItemPage id={id} />
    </HydrationBoundary>
  );
}

async function idOf(params: Props['params']): Promise<string> {
  return idOfParameter((await params).id);
}

function publicOrigin(): string | null {
  return serverBridge()?.publicOrigin ?? null;
}
