export type ResultFormat = 'xml' | 'json' | 'grepable' | 'list' | 'csv';

/** How the text of each format begins; the first that fits counts. NDJSON and JSON begin alike and are read alike. */
const BEGINNINGS: readonly (readonly [ResultFormat, RegExp])[] = [
	['xml', /^</],
	['json', /^[{[]/],
	['list', /^#masscan|^(?:# [^\n]*\n)*(?:open|closed|filtered) (?:tcp|udp|sctp) \d/],
	['grepable', /^(?:#[^\n]*\n)*(?:Host: |# Ports scanned: )/],
	['csv', /^[\w,]*\bsaddr\b[\w,]*(?:\r?\n|$)/],
	['grepable', /^(?:#[^\n]*(?:\n|$))+$/], // Without a host there are comments alone
];

/** The format of a text with this beginning. */
export const sniffFormat = (head: string): ResultFormat | undefined => {
	const text = head.trimStart();
	return BEGINNINGS.find(([, beginning]) => beginning.test(text))?.[0];
};
