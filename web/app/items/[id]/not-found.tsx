import { MissingItem } from '@/components/items/missing-item.tsx';

export default function NotFound() {
  return <MissingItem />;
}
