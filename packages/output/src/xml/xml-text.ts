import {escapeText} from '../text/escape-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

/**
 * Text for an attribute, a comment or a processing instruction, out of any of which it cannot break: of hyphens in a
 * row every second is a reference, as a comment must not contain two. The text is to be free of what XML does not
 * allow, which `escapeText` sees to.
 */
export const escapeMarkup = (text: string): string =>
	SAFE.test(text)
		? text
		: text.replaceAll(/[&<>"']/g, character => ENTITIES[character]).replaceAll('--', '-&#45;');

const SAFE = /^(?:[^&<>"'-]|-(?!-))*$/;

/** Text from the network, for the same places. */
export const xmlText = (text: string): string => escapeMarkup(escapeText(text));

/** Attributes in the order given, each with a blank before it; those that are `undefined` are left out. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string => {
	let text = '';
	for (const name in values) {
		if (values[name] !== undefined) {
			text += ` ${name}="${values[name]}"`;
		}
	}

	return text;
};
