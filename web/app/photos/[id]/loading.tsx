import { PhotoSkeleton } from '@/components/photo/photo-skeleton.tsx';

export default function Loading() {
  return <PhotoSkeleton />;
}
