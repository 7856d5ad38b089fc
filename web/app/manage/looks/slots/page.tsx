import type { Metadata } from 'next';
import { SlotsPage } from '@/components/slots/slots-page.tsx';

export const metadata: Metadata = { title: 'Slots' };

export default function Page() {
  return <SlotsPage />;
}
