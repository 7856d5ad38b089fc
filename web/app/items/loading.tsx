import { ItemGridSkeleton } from '@/components/items/item-grid.tsx';

export default function Loading() {
  return <ItemGridSkeleton />;
}
