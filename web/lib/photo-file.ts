import { ApiError } from './api/errors.ts';

/** The server's own limits, known here to save the visitor a long upload in vain. */
const MOST_BYTES = 20 * 1024 * 1024;
const MOST_PIXELS = 50_000_000;

/** Long side of a shrunk photo, in pixels: half more than the server keeps. */
const SHRUNK_SIDE = 2400;

/** Offered in file choosers. HEIC goes by its ending, since many systems have no type for it. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/avif,image/gif,.heic,.heif';

/**
 * The photo as it is sent: as it is, unless it is larger than the server takes and the browser can shrink it. Throws a
 * coded ApiError.
 */
export async function prepareFile(file: File): Promise<File> {
  if (file.size <= MOST_BYTES && (await pixelsOf(file)) <= MOST_PIXELS) return file;
  const small = await shrinkFile(file);
  if (small) return small;
  if (file.size <= MOST_BYTES) return file;
  throw new ApiError('IMAGE_TOO_LARGE', 'This file has more than 20 MB. Upload a smaller one.');
}

/** An upright JPEG of a photo with at most 2400 pixels on a side; null if the browser cannot decode it. */
export async function shrinkFile(file: File): Promise<File | null> {
  const size = await sizeOf(file);
  if (!size) return null;
  const scale = Math.min(1, SHRUNK_SIDE / Math.max(size.width, size.height));
  try {
    // Scaled while decoding, off the main thread. The height follows.
    const bitmap = await createImageBitmap(file, {
      imageOrientation: 'from-image',
      resizeWidth: Math.max(1, Math.round(size.width * scale)),
      resizeQuality: 'high',
    });
    const blob = await toJpeg(bitmap);
    bitmap.close();
    return blob && new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' });
  } catch {
    return null;
  }
}

async function toJpeg(bitmap: ImageBitmap): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  // As the server flattens transparency.
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
}

async function pixelsOf(file: File): Promise<number> {
  const size = await sizeOf(file);
  return size ? size.width * size.height : 0;
}

/** Width and height of the upright picture, from its header; null if the browser does not know the format. */
async function sizeOf(file: File): Promise<{ width: number; height: number } | null> {
  const image = new Image();
  const address = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
      image.src = address;
    });
    const { naturalWidth: width, naturalHeight: height } = image;
    return width > 0 && height > 0 ? { width, height } : null;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * The address of a picture in a drop or a paste: of the image itself where it is dragged out of a page, which may stand
 * in a link to somewhere else; else the link, or a text that is nothing but one.
 */
export function linkOf(transfer: DataTransfer | null): string | null {
  if (!transfer) return null;
  const page = new DOMParser().parseFromString(transfer.getData('text/html'), 'text/html');
  const dragged = page.querySelector('img')?.getAttribute('src');
  // The first line that is no comment: RFC 2483, 5.
  const listed = transfer
    .getData('text/uri-list')
    .split(/\r?\n/)
    .find((line) => line && !line.startsWith('#'));
  return [dragged, listed, transfer.getData('text/plain')].map(webLink).find((link) => link !== null) ?? null;
}

function webLink(text: string | null | undefined): string | null {
  const link = text?.trim() ?? '';
  return /^https?:\/\/\S+$/i.test(link) && URL.canParse(link) ? link : null;
}

/** The first image of a drop or a paste, else the first file, so that the server can say what is wrong with it. */
export function fileOf(transfer: DataTransfer | null): File | null {
  const files = [...(transfer?.files ?? [])];
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0] ?? null;
}
