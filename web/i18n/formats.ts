/** Numbers and times as the reader's language writes them. To make a format takes longer than to use it. */

import { language } from "./language";

const kept = new Map<string, unknown>();

type Making<Options, Format> = new (language: string, options?: Options) => Format;

const keeping =
  <Options, Format>(name: string, Made: Making<Options, Format>) =>
  (options?: Options): Format => {
    const key = `${name} ${language.value} ${JSON.stringify(options)}`;
    let format = kept.get(key) as Format | undefined;
    if (!format) kept.set(key, (format = new Made(language.value, options)));
    return format;
  };

export const numbers = keeping("numbers", Intl.NumberFormat);
export const dates = keeping("dates", Intl.DateTimeFormat);
export const spans = keeping("spans", Intl.RelativeTimeFormat);
