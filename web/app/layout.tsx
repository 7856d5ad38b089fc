import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { PageFrame } from '@/components/layout/page-frame.tsx';
import { QueryProvider } from '@/components/layout/query-provider.tsx';
import { serverBridge } from '@/lib/api/in-server.ts';
import { withShop } from '@/lib/arriving.ts';
import { serif } from './serif.ts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const origin = serverBridge()?.publicOrigin;
  return {
    ...(origin && { metadataBase: new URL(origin) }),
    title: { default: 'Armoire: search a shop by photo', template: '%s · Armoire' },
    description: 'Every garment in a photo, and the shop’s items that look most like it.',
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfb' },
    { media: '(prefers-color-scheme: dark)', color: '#121416' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The build has no shop to ask: pages are rendered when they are asked for.
  await connection();
  return (
    <html lang="en" className={serif.variable}>
      <body>
        <QueryProvider>
          <HydrationBoundary state={await withShop()}>
            <PageFrame>{children}</PageFrame>
          </HydrationBoundary>
        </QueryProvider>
      </body>
    </html>
  );
}
