import {readFileSync} from 'node:fs';
import test from 'ava';
import {formatPortRanges, portRangesOf} from '@halfopen/model';
import {parsePorts, parseTarget, type ServiceLookup} from '../src/index.ts';
import {describeBlock} from './addresses.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const LISTED: Readonly<Record<string, readonly number[]>> = {
	ssh: [22],
	'http*': [80, 443, 8080],
	'http?': [443],
};

const SERVICES: ServiceLookup = {
	portsNamed: pattern => LISTED[pattern] ?? [],
	isListed: port => Object.values(LISTED).flat().includes(port),
};

/** The rows of the tables of a section that begin with a specification: it, and the second column. */
const examplesIn = (section: string): [string, string][] => {
	const text = README.split(/^## /m).find(part => part.startsWith(`${section}\n`)) ?? '';
	return [...text.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)].map(([, spec, outcome]) => [spec, outcome]);
};

const outcomeOf = (parse: () => string): string => {
	try {
		return parse();
	} catch (error) {
		return (error as Error).message;
	}
};

const rangesOf = (spec: string): string => {
	const target = parseTarget(spec);
	return target.kind === 'block' ? describeBlock(target.block) : target.name;
};

test('the examples of targets are right', t => {
	const examples = examplesIn('Targets');
	t.is(examples.length, 21);
	for (const [spec, outcome] of examples) {
		t.is(
			outcomeOf(() => rangesOf(spec)),
			outcome,
		);
	}
});

test('the examples of ports are right', t => {
	const examples = examplesIn('Ports');
	t.is(examples.length, 17);
	for (const [spec, outcome] of examples) {
		t.is(
			outcomeOf(() => formatPortRanges(portRangesOf(parsePorts(spec, SERVICES).ports))),
			outcome,
		);
	}
});
