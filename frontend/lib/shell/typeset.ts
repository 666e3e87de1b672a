/** A sentence from the server with the page’s kind of quotes; the server writes them straight, for terminals. */
export function typeset(sentence: string): string {
  return sentence.replace(/(?<=\p{L})'(?=\p{L})/gu, "’").replace(/"([^"\n]*)"/g, "“$1”");
}
