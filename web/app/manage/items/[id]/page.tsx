import type { Metadata } from 'next';
import { SeenItemPage } from '@/components/stock/seen-item-page.tsx';
import { idOfParameter } from '@/lib/path-id.ts';

export const metadata: Metadata = { title: 'Item' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <SeenItemPage id={idOfParameter(id)} />;
}
