'use client';

import { ManageHead } from '@/components/manage/manage-head.tsx';
import { FeedUpload } from './feed-upload.tsx';
import { ImportList } from './import-list.tsx';
import { RefreshAll } from './refresh-all.tsx';

export function ImportsPage() {
  return (
    <>
      <ManageHead title="Imports">
        <p>
          Rows that are good land at once, even where others are broken; importing the same feed again changes
          nothing.
        </p>
      </ManageHead>
      <FeedUpload />
      <RefreshAll />
      <ImportList />
    </>
  );
}
