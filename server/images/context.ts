import type { AccessServices, RequestScope } from '../access/context.ts';
import type { FileStore } from '../store/file-store.ts';
import type { ImageStore } from './store.ts';
import type { ImageLinks } from './url.ts';

export interface ImageServices extends AccessServices {
  /** Of pictures and of staged feeds. */
  readonly store: FileStore;
  readonly images: ImageStore;
  readonly links: ImageLinks;
}

export interface ImageContext extends ImageServices, RequestScope {}
