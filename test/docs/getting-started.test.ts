// The scan that docs/getting-started.md reads line by line is one that happens.
import {firewall, listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {runHalfopen} from '../end-to-end/halfopen.ts';
import {fencesOf, readPage} from './markdown.ts';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	firewall(lab.direct, [{ports: '139', verdict: 'drop'}]);
});

/** The kinds of lines there are, without what differs from run to run. */
const kindsOfLines = (lines: readonly string[]): string[] => {
	const kinds = lines.map(line =>
		line
			.replaceAll(/[\dA-F]{2}(?::[\dA-F]{2}){5}/g, 'MAC')
			.replaceAll(/\b(?:ttl|id|seq|try|srtt|rttvar|to)(?:=|: | )\d+/g, 'N')
			.replaceAll(/10\.77\.3\.1:\d+/g, 'SOURCE')
			.replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE')
			.replaceAll(/\d\d:\d\d(?::\d\d)?(?: [A-Z]+)?/g, 'TIME')
			.replaceAll(/\d+(?:\.\d+)?(?: ?(?:s|ms|seconds|tries|B))\b/g, 'N')
			.replaceAll(/(?:sent|Rcvd): \d+|halfopen \d+\.\d+\.\d+/g, 'N')
			.trim(),
	);
	return [...new Set(kinds)].filter(kind => !/^(?:Rejected|Redundant)/.test(kind)).sort(); // The kernel asks by ARP too
};

labTest('the transcript has the lines that a scan prints', async (t, lab) => {
	const [{code}] = fencesOf(readPage('docs/getting-started.md'));
	const [command, ...transcript] = code.trimEnd().split('\n');
	const words = command.replace('$ halfopen ', '').split(' ');
	// As on a machine without Nmap.
	const {status, stdout} = await runHalfopen(lab.scanner, ['--no-datadir', ...words]);
	t.is(status, 0);
	t.deepEqual(kindsOfLines(transcript), kindsOfLines(stdout.trimEnd().split('\n')));
});
