/** All text but the title is of one width a letter, so that it can be measured without a browser. */
export const letterWidth = { name: 7.9, label: 6.7 };
/** In pixels, from one line of text to the next. */
export const lineHeight = { name: 18, label: 15 };
/** How many letters a line has room for: a picture wider than a page is shrunk where it is shown, its words with it. */
export const lineLetters = { arrow: 17, row: 20 };

/** Before each further line of a row. */
export const indent = '  ';

/** One text in its lines; together they are the text. */
export type Lines = readonly string[];

/** The text in lines of at most so many letters where it can be broken: after a space or a dot. */
export function linesOf(text: string, letters: number): Lines {
  const parts = text.match(/→ \S+|[^ .]+[ .]?/g) ?? [text];
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && `${last}${part}`.trimEnd().length <= letters) lines[lines.length - 1] = `${last}${part}`;
    else lines.push(part);
  }
  return lines;
}

/** How wide the widest of these lines is. */
export const widthOf = (lines: Lines): number =>
  Math.max(0, ...lines.map((line) => line.trimEnd().length)) * letterWidth.label;
