import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { PageFrame } from '@/components/layout/page-frame.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Armoire: search a shop by photo', template: '%s · Armoire' },
  description: 'Every garment in a photo, and the shop’s items that look most like it.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfb' },
    { media: '(prefers-color-scheme: dark)', color: '#121416' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <PageFrame>{children}</PageFrame>
      </body>
    </html>
  );
}
