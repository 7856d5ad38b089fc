import type { Metadata } from 'next';
import { WidgetsPage } from '@/components/widgets/widgets-page.tsx';

export const metadata: Metadata = { title: 'Widgets' };

export default function Page() {
  return <WidgetsPage />;
}
