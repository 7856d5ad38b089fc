import type { Metadata } from 'next';
import { ImportPage } from '@/components/imports/import-page.tsx';
import { idOfParameter } from '@/lib/path-id.ts';

export const metadata: Metadata = { title: 'Import' };

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ImportPage id={idOfParameter(id)} />;
}
