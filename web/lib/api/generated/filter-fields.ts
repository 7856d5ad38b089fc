// Made by "npm run generate". Change what it is made from instead.
export const FILTER_FIELDS = [
  { name: 'categories', parameter: 'category', label: 'Category' },
  { name: 'colors', parameter: 'color', label: 'Colour' },
  { name: 'brands', parameter: 'brand', label: 'Brand' },
  { name: 'sizes', parameter: 'size', label: 'Size' },
  { name: 'genders', parameter: 'gender', label: 'For' },
  { name: 'ageGroups', parameter: 'age', label: 'Age' },
  { name: 'patterns', parameter: 'pattern', label: 'Pattern' },
  { name: 'sleeves', parameter: 'sleeve', label: 'Sleeves' },
] as const;
