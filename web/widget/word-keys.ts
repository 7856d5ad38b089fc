/** The messages of web/lib/i18n that the widget uses, by their keys. */
export const WIDGET_KEYS = [
  'similar.list',
  'outfits.title',
  'outfits.total',
  'items.sale',
  'items.former',
  'action.searchByPhoto',
  'action.takePhoto',
] as const;
export type WidgetKey = (typeof WIDGET_KEYS)[number];

/** Of the photo search, once it is used. */
export const PHOTO_KEYS = [
  'action.close',
  'action.anotherPhoto',
  'photo.headingOwn',
  'photo.none',
  'photo.noneBest',
  'similar.nothing',
  'upload.parsing',
  'error.IMAGE_TOO_LARGE.title',
  'error.NOT_AN_IMAGE.title',
  'error.RATE_LIMITED.title',
  'error.BUSY.title',
  'error.UNREACHABLE.title',
  'error.INTERNAL_SERVER_ERROR.title',
  'category.SHORT_SLEEVE_TOP',
  'category.LONG_SLEEVE_TOP',
  'category.SHORT_SLEEVE_OUTWEAR',
  'category.LONG_SLEEVE_OUTWEAR',
  'category.VEST',
  'category.SLING',
  'category.SHORTS',
  'category.TROUSERS',
  'category.SKIRT',
  'category.SHORT_SLEEVE_DRESS',
  'category.LONG_SLEEVE_DRESS',
  'category.VEST_DRESS',
  'category.SLING_DRESS',
  'category.WHOLE',
] as const;
export type PhotoKey = (typeof PHOTO_KEYS)[number];
