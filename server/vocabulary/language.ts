import { registerEnumType } from 'type-graphql';

/** The enum's value is the language's tag (BCP 47), which is also what the database keeps: nothing is mapped. */
export const Language = { EN: 'en', DE: 'de', FR: 'fr', ES: 'es' } as const;
export type LanguageTag = (typeof Language)[keyof typeof Language];

registerEnumType(Language, {
  name: 'Language',
  description: "Language of the shoppers' pages.",
  valuesConfig: {
    EN: { description: 'English.' },
    DE: { description: 'German.' },
    FR: { description: 'French.' },
    ES: { description: 'Spanish.' },
  },
});
