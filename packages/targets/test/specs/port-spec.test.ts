import test from 'ava';
import {formatPortRanges, portRangesOf, ScanError} from '@halfopen/model';
import * as fc from 'fast-check';
import {parsePorts, type ServiceLookup} from '../../src/index.ts';

const SERVICES: ServiceLookup = {
	portsNamed: pattern =>
		({ssh: [22], 'http*': [80, 443, 8080], 'http?': [443], '*': [22, 25, 80, 443, 8080], '?tp': [21]})[
			pattern
		] ?? [],
	isListed: port => [20, 21, 22, 23, 25, 80, 443, 8080].includes(port),
};

const selects = test.macro({
	title: (_, spec: string, ports: string, ..._warnings: string[]) => `-p ${spec} selects ${ports}`,
	exec(t, spec: string, ports: string, ...warnings: string[]) {
		const selection = parsePorts(spec, SERVICES);
		t.is(formatPortRanges(portRangesOf(selection.ports)), ports);
		t.is(selection.ports.join(), [...selection.ports].sort((a, b) => a - b).join());
		t.deepEqual(selection.warnings, warnings);
	},
});

const ignored = (prefix: string, ports: string): string =>
	`Ignored the ports behind \`${prefix}:\`: a TCP scan has no use for ${ports} ports`;

test(selects, '22', '22');
test(selects, '0', '0');
test(selects, '65535', '65535');
test(selects, '007', '7');
test(selects, '-5', '1-5');
test(selects, '65530-', '65530-65535');
test(selects, '0-3', '0-3');
test(selects, '-', '1-65535');
test(selects, '0-', '0-65535');
test(selects, '443,22,80-81', '22,80-81,443');
test(selects, '1-3 ,5', '1-3,5');
test(selects, ' 7, 8', '7-8');
test(selects, '1 - 3', '1-3');
test(selects, '22,', '22');
test(selects, '22 , ', '22');
test(selects, 'ssh,http*', '22,80,443,8080');
test(selects, 'http?', '443');
test(selects, '?tp', '21');
test(selects, '[1-30]', '20-23,25');
test(selects, '[20-25],443', '20-23,25,443');
test(selects, '[20-25,],24', '20-25');
test(selects, '[-]', '20-23,25,80,443,8080');
test(selects, '[ssh,81]', '22');
test(selects, 'T:22', '22');
test(selects, 'T:22,80', '22,80');
test(selects, 'T:1-3,U:53', '1-3', ignored('U', 'UDP'));
test(selects, 'U:53,80,T:22', '22', ignored('U', 'UDP'));
test(selects, 'S:1,P:6,7,no-such-name,T:9', '9', ignored('S', 'SCTP'), ignored('P', 'IP protocol'));
test(selects, '[U:53],22', '22', ignored('U', 'UDP'));
test(selects, 'U:[53,T:22],80,T:9', '9,22', ignored('U', 'UDP'));
test(selects, '80,22,80', '22,80', 'Ignored the repetition of port 80');
test(selects, '20-25,22-30,ssh', '20-30', 'Ignored the repetition of port 22-25');

const isRefused = test.macro({
	title: (_, spec: string) => `-p ${spec === '' ? 'nothing' : spec} is refused`,
	exec(t, spec: string, message: string) {
		const error = t.throws(() => parsePorts(spec, SERVICES), {
			instanceOf: ScanError,
			code: 'ERR_HALFOPEN_PORT',
		});
		t.is(error?.message, message);
	},
});

const ITEM = 'Expected a port, a range such as `20-25` or a service name in lower case';
const BRACKETS = 'Expected brackets in pairs and not nested';
const NO_NAME = 'Expected the name of a TCP service, or a pattern that matches one';

test(isRefused, '', `${ITEM}, got nothing`);
test(isRefused, ' ', `${ITEM}, got nothing in \` \``);
test(isRefused, ',', `${ITEM}, got nothing in \`,\``);
test(isRefused, ',22', `${ITEM}, got nothing in \`,22\``);
test(isRefused, '22,,', `${ITEM}, got nothing in \`22,,\``);
test(isRefused, '22,,23', `${ITEM}, got nothing in \`22,,23\``);
test(isRefused, '[]', `${ITEM}, got nothing in \`[]\``);
test(isRefused, 'T:', `${ITEM}, got nothing in \`T:\``);
test(isRefused, 'HTTP', `${ITEM}, got \`HTTP\``);
test(isRefused, '22,Ssh', `${ITEM}, got \`Ssh\` in \`22,Ssh\``);
test(isRefused, '1-3-5', `${ITEM}, got \`1-3-5\``);
test(isRefused, '1 2', `${ITEM}, got \`1 2\``);
test(isRefused, '22ssh', `${ITEM}, got \`22ssh\``);
test(isRefused, '0x16', `${ITEM}, got \`0x16\``);
test(isRefused, '1.5', `${ITEM}, got \`1.5\``);
test(isRefused, '+5', `${ITEM}, got \`+5\``);
test(isRefused, '1[2]', `${ITEM}, got \`1[2]\``);
test(isRefused, '70000', 'Expected a port between 0 and 65535, got `70000`');
test(isRefused, 'U:70000', 'Expected a port between 0 and 65535, got `70000` in `U:70000`');
test(isRefused, '443-80', 'Expected a range from low to high such as `80-443`, got `443-80`');
test(isRefused, '-0', 'Expected a range from low to high such as `0-1`, got `-0`');
test(isRefused, 's', `${NO_NAME}, got \`s\``);
test(isRefused, '22,nothing*', `${NO_NAME}, got \`nothing*\` in \`22,nothing*\``);
test(isRefused, '[[1]]', `${BRACKETS}, got \`[[1]]\``);
test(isRefused, '[1', `${BRACKETS}, got \`[1\``);
test(isRefused, '1]', `${BRACKETS}, got \`1]\``);
test(isRefused, 'X:1', 'Expected one of the prefixes `T:`, `U:`, `S:` and `P:`, got `X:` in `X:1`');
test(isRefused, 't:1', 'Expected one of the prefixes `T:`, `U:`, `S:` and `P:`, got `t:` in `t:1`');
test(isRefused, 'U:53', 'Expected at least one TCP port, got `U:53`');
test(isRefused, '[4]', 'Expected at least one TCP port, got `[4]`');

test('a list of all ports is no trouble', t => {
	const all = Array.from({length: 65_536}, (_, port) => port).join();
	t.is(parsePorts(all, SERVICES).ports.length, 65_536);
	t.is(parsePorts(`[${all}]`, SERVICES).ports.length, 8);
});

test('a long list is cut in messages', t => {
	const error = t.throws(() => parsePorts(`${'1,'.repeat(1000)}x`, SERVICES), {instanceOf: ScanError});
	t.is(error?.message, `${NO_NAME}, got \`x\` in \`${'1,'.repeat(39)}1…\``);
});

test('what is written out of ports is read back as the same ports', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat({max: 65_535}), {minLength: 1}), ports => {
				const text = formatPortRanges(portRangesOf(ports));
				return parsePorts(text, SERVICES).ports.join() === [...ports].sort((a, b) => a - b).join();
			}),
		),
	);
});
