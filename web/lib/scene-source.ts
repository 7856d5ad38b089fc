/** A drawn scene in both widths that the pages ship (server/demo/shipped.ts). */
export function sceneSource(file: string): { src: string; srcSet: string } {
  return { src: `/scenes/${file}`, srcSet: `/scenes/small/${file} 480w, /scenes/${file} 900w` };
}
