import { MissingOutfit } from '@/components/outfits/missing-outfit.tsx';

export default function NotFound() {
  return <MissingOutfit />;
}
