// Every way to find hosts, by real packets: right answers, silence, and answers to what was not asked. The tables are in
// discovery-cases.ts.
import {formatHost, parseHostsXml, type HostFindings, type Lab} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {GROUPS, hostsOf, prepareHosts, type CountedAs, type HostGroup} from './discovery-cases.ts';
import {discoverHosts, type Discovery} from './halfopen.ts';

const labTest = useLab(prepareHosts);

/** Two tries each, whatever the others of the group lose; more when the machine stood still. */
const TRIES = 2;

const argumentsOf = (group: HostGroup): string[] => [
	'-sn',
	'-n',
	'-v',
	'--max-retries',
	`${TRIES - 1}`,
	...group.args,
	...hostsOf(group).keys(),
];

const inWords = (group: HostGroup, found: HostFindings): Record<string, string> =>
	Object.fromEntries(
		[...hostsOf(group)].map(([address, {what}]) => [`${address} ${what}`, formatHost(found.get(address))]),
	);

const NOTHING: Readonly<Record<CountedAs, number>> = {
	malformed: 0,
	unsolicited: 0,
	wrongCookie: 0,
	wrongQuote: 0,
	shortQuote: 0,
	redundantReplies: 0,
};

/** Hosts whose answers are no answers are sent one probe in each try. */
const countsOf = (group: HostGroup, found: Discovery['hosts']): Record<CountedAs, number> => {
	const counts = {...NOTHING};
	for (const [address, {answers, countedAs}] of hostsOf(group)) {
		if (countedAs !== undefined) {
			counts[countedAs] += Math.max(TRIES, found.get(address)?.probes ?? 0) * (answers?.length ?? 1);
		}

		for (const {kind, copies = 1} of answers ?? []) {
			counts.redundantReplies += kind === 'arp' ? copies - 1 : 0; // What has a cookie was asked for
		}
	}

	return counts;
};

/** Probes to hosts that had answered before, or were about to: a busy machine asks again, and is answered again. */
const askedAgain = (found: Discovery['hosts']): number =>
	[...found.values()]
		.filter(({status}) => status === 'up')
		.reduce((sum, {probes}) => sum + Math.max(0, probes - 1), 0);

for (const group of GROUPS) {
	labTest(`${group.what} finds the hosts that answer it, and no others`, async (t, lab) => {
		const {hosts, summary} = await discoverHosts(lab.scanner, argumentsOf(group));
		t.deepEqual(
			inWords(group, hosts),
			Object.fromEntries([...hostsOf(group)].map(([address, {what, says}]) => [`${address} ${what}`, says])),
		);
		const {redundantReplies, ...rejected} = countsOf(group, hosts);
		t.deepEqual(summary.rejected, rejected);
		const unclear = group.hosts.reduce((sum, host) => sum + (host.unclear ?? 0), 0) + askedAgain(hosts);
		t.true(summary.redundantReplies >= redundantReplies, `${summary.redundantReplies}`);
		t.true(summary.redundantReplies <= redundantReplies + unclear, `${summary.redundantReplies}`);
	});
}

/** Nmap's words about all groups: it is begun for all of them when the first is wanted. */
const wordsOfNmap = new Map<HostGroup, Promise<Record<string, string>>>();

const AT_ONCE = 6;

const nmapWordsOf = async (lab: Lab, group: HostGroup): Promise<Record<string, string>> => {
	if (wordsOfNmap.size === 0) {
		for (const [index, each] of GROUPS.entries()) {
			wordsOfNmap.set(each, runNmapAfter(wordsOfNmap.get(GROUPS[index - AT_ONCE]), lab, each));
		}
	}

	return wordsOfNmap.get(group)!;
};

const runNmapAfter = async (
	before: Promise<unknown> | undefined,
	lab: Lab,
	group: HostGroup,
): Promise<Record<string, string>> => {
	await before?.catch(() => {}); // That test tells
	const {stdout} = await lab.scanner.run('nmap', ['-oX', '-', ...argumentsOf(group)]);
	return inWords(group, parseHostsXml(stdout));
};

for (const group of GROUPS) {
	labTest(`${group.what} finds the same by Nmap, but for what is listed`, async (t, lab) => {
		t.deepEqual(
			await nmapWordsOf(lab, group),
			Object.fromEntries(
				[...hostsOf(group)].map(([address, {what, says, nmap}]) => [
					`${address} ${what}`,
					nmap?.says ?? says,
				]),
			),
		);
	});
}
