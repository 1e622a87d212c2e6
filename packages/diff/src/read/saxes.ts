// What is used of saxes. Its own declarations do not compile with `exactOptionalPropertyTypes`.
import {createRequire} from 'node:module';

export interface SaxesTag {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
}

export interface SaxesParser {
	/** Of the last character read: the line from 1 on, and the characters before it. */
	readonly line: number;
	readonly position: number;
	on(event: 'opentag' | 'closetag', handler: (tag: SaxesTag) => void): void;
	on(event: 'error', handler: (error: Error) => void): void;
	write(text: string): void;
	close(): void;
}

interface SaxesModule {
	readonly SaxesParser: new (options: {readonly position: boolean}) => SaxesParser;
}

/** A streaming parser that knows no entities but those of XML itself, and reads nothing that a text refers to. */
export const openParser = (): SaxesParser => new SaxesParser({position: true});

const require = createRequire(import.meta.url);
const {SaxesParser} = require('saxes') as SaxesModule;
