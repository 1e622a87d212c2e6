/** The same text in one piece. V8 leaves text in the parts that it was put together of, and goes through them at each use. */
export const inOnePiece = (text: string): string => Buffer.from(text).toString();
