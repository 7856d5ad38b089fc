import type { KeyRole } from '@/lib/api/keys.ts';

export const ROLES: Record<KeyRole, { name: string; may: string }> = {
  WIDGET: { name: 'Widget', may: 'search, on the hosts that you list: it may stand in a page’s source' },
  MERCHANDISER: { name: 'Merchandiser', may: 'import feeds and set rules' },
  ADMIN: { name: 'Admin', may: 'all of that, and manage keys and models' },
};
