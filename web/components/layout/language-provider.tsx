'use client';

import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { Messages } from '@/lib/i18n/messages/messages.type.ts';

interface LanguageProviderProps {
  /** Its language is the messages'. */
  locale: string;
  messages: Messages;
  children: ReactNode;
}

/** Gives the components below their language. Times are formatted with a time zone of their own. */
export function LanguageProvider({ locale, messages, children }: LanguageProviderProps) {
  return (
    <IntlProvider locale={locale} messages={messages as never} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
