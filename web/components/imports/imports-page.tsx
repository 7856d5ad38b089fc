'use client';

import { ManageHead } from '@/components/manage/manage-head.tsx';
import { FeedUpload } from './feed-upload.tsx';

export function ImportsPage() {
  return (
    <>
      <ManageHead title="Imports">
        <p>Rows that are good land at once, even where others are broken. Importing a feed again is safe.</p>
      </ManageHead>
      <FeedUpload />
    </>
  );
}
