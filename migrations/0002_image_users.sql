-- Who uses an image: asked before its file is served or removed. The hash comes first, because the image store is
-- shared by all shops: a file goes when no shop uses it any more.
create index item_images_by_sha256 on item_images (sha256);
create index photos_by_sha256 on photos (sha256);
