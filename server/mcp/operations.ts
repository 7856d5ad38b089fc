/** What the tools ask of the API, in GraphQL. */

/** Wide enough to tell a garment by. */
const PICTURE_WIDTH = 160;

const ITEM = `itemId title brand link color size availability imageUrl(width: ${PICTURE_WIDTH})
  price { amount currency } salePrice { amount currency }`;
const MATCHES = `edges { node { score closeness item { ${ITEM} } } }`;
const PHOTO = `id expiresAt garments { id category colour score similarItems(first: $first) { ${MATCHES} } }`;

export const PARSE_PHOTO = `mutation ($image: Upload!, $first: Int!) { photo: parsePhoto(image: $image) { ${PHOTO} } }`;
export const PARSE_PHOTO_AT = `mutation ($url: String!, $first: Int!) { photo: parsePhotoAt(url: $url) { ${PHOTO} } }`;

export const SIMILAR_ITEMS = `query ($to: SimilarTo!, $first: Int!, $refine: Refinement) {
  similarItems(to: $to, first: $first, refine: $refine) { ${MATCHES} } }`;

export const OUTFITS = `query ($to: OutfitsTo!, $count: Int!, $budget: Float, $slots: [String!]) {
  outfits(to: $to, count: $count, budget: $budget, slots: $slots) {
    message
    outfits { id score total { amount currency } reason { summary } pieces { slot isGiven garment { id category colour } item { ${ITEM} } } }
  } }`;

export const GET_ITEM = `query ($id: ID!) { item(id: $id) {
  ${ITEM} description gender ageGroup attributes { name value } primaryGarment { category colour }
  variants { itemId color size availability } } }`;

export const CATEGORIES = `{ shop { name currency categories { category count } slots { name label itemCount } } }`;
