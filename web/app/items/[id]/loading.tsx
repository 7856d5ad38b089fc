import { ItemSkeleton } from '@/components/items/item-skeleton.tsx';

export default function Loading() {
  return <ItemSkeleton />;
}
