import { Badge } from '@/components/ui/badge.tsx';
import type { ItemCard } from '@/lib/api/shapes.ts';

/** How far an item is: whether searches find it, and if not, why. */
export function StateBadge({
  item: { pending, failed, unmatched },
}: {
  item: Pick<ItemCard, 'pending' | 'failed' | 'unmatched'>;
}) {
  if (failed) return <Badge tone="warn">Could not be read</Badge>;
  if (pending) return <Badge tone="soft">Being read</Badge>;
  if (unmatched) return <Badge tone="warn">Not matched</Badge>;
  return <Badge tone="good">Ready</Badge>;
}
