/** Where the API and its files are; every other path is a page's. Other sites' scripts may be allowed to call these. */
export const API_PATHS = [
  '/graphql',
  '/mcp',
  '/images',
  '/crops',
  '/previews',
  '/imports',
  '/catalogue',
  '/insights',
];
