'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { fetchPicture } from '@/lib/api/client.ts';
import { ApiError, toApiError } from '@/lib/api/errors.ts';
import type { Photo } from '@/lib/api/shapes.ts';
import { parsePhoto, parsePhotoAt } from '@/lib/api/upload.ts';
import { chosenGarment } from '@/lib/arrange-garments.ts';
import { prefetchMatches } from '@/lib/first-matches.ts';
import { useKeys } from '@/lib/hooks/use-loaded.ts';
import { prepareFile, shrinkFile } from '@/lib/photo-file.ts';
import { photoName, SHOP } from '@/lib/query-keys.ts';
import { sceneSource } from '@/lib/scene-source.ts';

/** What is searched with: a photo, the link to a picture, or one of the pages' own scenes. */
type Source = File | string | { readonly scene: string };

/** The upload of a photo: chosen, uploading, being parsed, or failed. */
export type Upload =
  | { phase: 'idle' }
  | { phase: 'sending'; preview: string; share: number }
  /** Without a preview: the server fetches the picture behind a link. */
  | { phase: 'parsing'; preview: string | null }
  | { phase: 'opening'; preview: string | null }
  | { phase: 'failed'; error: ApiError; preview: string | null };

interface UploadControl {
  upload: Upload;
  start(source: Source): void;
  cancel(): void;
  retry(): void;
}

const UploadContext = createContext<UploadControl | null>(null);

export function UploadProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const queries = useQueryClient();
  const keyOf = useKeys();
  const path = usePathname();
  const [upload, setUpload] = useState<Upload>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  const last = useRef<Source | null>(null);
  const preview = useRef<string | null>(null);

  const dismiss = useCallback(() => {
    running.current?.abort();
    setUpload({ phase: 'idle' });
  }, []);
  // The preview stays until the photo's page has replaced it; going anywhere else drops the photo.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs on every change of page.
  useEffect(() => dismiss, [path, dismiss]);

  // The page gets its content in advance: the photo, and the matches, which are asked for while it opens. The filters'
  // values wait, so that the matches do not.
  const prepareContent = useCallback(
    (photo: Photo) => {
      queries.setQueryData(keyOf(photoName(photo.id)), photo);
      const first = chosenGarment(photo.garments, null);
      if (!first) return;
      void prefetchMatches(queries, keyOf, {
        to: { garmentId: first.id },
        category: first.category,
        parameters: new URLSearchParams(),
        shop: queries.getQueryData(keyOf(SHOP)),
      });
    },
    [queries, keyOf],
  );

  const start = useCallback(
    (source: Source) => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      last.current = source;
      if (preview.current) URL.revokeObjectURL(preview.current);
      const shown = previewOf(source);
      preview.current = shown;
      setUpload(shown ? { phase: 'sending', preview: shown, share: 0 } : { phase: 'parsing', preview: null });
      window.scrollTo({ top: 0 });
      const onProgress = (share: number) => {
        if (abort.signal.aborted || !shown) return;
        setUpload(
          share < 1 ? { phase: 'sending', preview: shown, share } : { phase: 'parsing', preview: shown },
        );
      };
      send(source, abort.signal, onProgress).then(
        (photo) => {
          if (abort.signal.aborted) return;
          prepareContent(photo);
          setUpload({ phase: 'opening', preview: shown });
          router.push(`/photos/${photo.id}`);
        },
        (cause: unknown) => {
          if (!abort.signal.aborted) setUpload({ phase: 'failed', error: toApiError(cause), preview: shown });
        },
      );
    },
    [router, prepareContent],
  );

  const retry = useCallback(() => last.current && start(last.current), [start]);
  const control = useMemo(() => ({ upload, start, cancel: dismiss, retry }), [upload, start, dismiss, retry]);
  return <UploadContext value={control}>{children}</UploadContext>;
}

async function send(
  source: Source,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Photo> {
  if (typeof source === 'string') return parsePhotoAt(source, signal);
  const file = 'scene' in source ? await fetchPicture(sceneAddress(source), source.scene, signal) : source;
  return sendFile(file, signal, onProgress);
}

/** Null where the server alone sees the picture. */
function previewOf(source: Source): string | null {
  if (typeof source === 'string') return null;
  return 'scene' in source ? sceneAddress(source) : URL.createObjectURL(source);
}

const sceneAddress = ({ scene }: { scene: string }) => sceneSource(scene).src;

async function sendFile(
  file: File,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Photo> {
  const prepared = await prepareFile(file);
  signal.throwIfAborted();
  try {
    return await parsePhoto(prepared, { signal, onProgress });
  } catch (error) {
    // Some formats, and some servers, have lower limits.
    const tooLarge = error instanceof ApiError && /^(?:IMAGE|FILE)_TOO_LARGE$/.test(error.code);
    const small = tooLarge && prepared === file ? await shrinkFile(file) : null;
    if (!small) throw error;
    signal.throwIfAborted();
    return parsePhoto(small, { signal, onProgress });
  }
}

export function useUpload(): UploadControl {
  const control = useContext(UploadContext);
  if (!control) throw new Error('useUpload wants an UploadProvider above it.');
  return control;
}
