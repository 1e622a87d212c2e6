import {fileURLToPath} from 'node:url';
import type {Lab} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import type {RouteChanges, RouteStep} from './run-route-changes.ts';
import {addSecondWay} from './second-way.ts';

const labTest = useLab(addSecondWay);

const PROGRAM = fileURLToPath(new URL('run-route-changes.ts', import.meta.url));

const change = async (lab: Lab, changes: RouteChanges): Promise<RouteStep[]> => {
	const args = ['--conditions=@halfopen/source', PROGRAM, JSON.stringify(changes)];
	const {status, stdout, stderr} = await lab.scanner.run(process.execPath, args);
	if (status !== 0) {
		throw new Error(`The program ended with status ${status}\n${stdout}\n${stderr}`);
	}

	return JSON.parse(stdout) as RouteStep[];
};

const FAR = '10.77.2.2';
const BY_ROUTER = {status: 'ready', device: 'router', source: '10.77.1.1'};
const FAR_V6 = 'fd77:2::2';
const BY_DIRECT = {status: 'ready', device: 'direct', source: '10.77.3.1'};

for (const send of ['packet', 'ip'] as const) {
	labTest(`a path follows its route to another router and back, sent by ${send}`, async (t, lab) => {
		const steps = await change(lab, {
			send,
			targets: [FAR],
			steps: ['route replace 10.77.2.0/24 via 10.77.3.2', 'route replace 10.77.2.0/24 via 10.77.1.254'],
		});
		const byRouter = 'through router by 10.77.1.254 from 10.77.1.1';
		const byDirect = 'through direct by 10.77.3.2 from 10.77.3.1';
		t.deepEqual(steps, [
			{warnings: [], paths: [BY_ROUTER], answered: [FAR], refused: []},
			{
				warnings: [`The way to ${FAR} has changed: ${byDirect} now, until now ${byRouter}`],
				paths: [BY_DIRECT],
				answered: [FAR],
				refused: [],
			},
			{
				warnings: [`The way to ${FAR} has changed: ${byRouter} now, until now ${byDirect}`],
				paths: [BY_ROUTER],
				answered: [FAR],
				refused: [],
			},
		]);
	});
}

for (const send of ['packet', 'ip'] as const) {
	labTest(`so does one of IPv6, sent by ${send}`, async (t, lab) => {
		const steps = await change(lab, {
			send,
			targets: [FAR_V6],
			steps: ['route replace fd77:2::/64 via fd77:3::2', 'route replace fd77:2::/64 via fd77:1::fe'],
		});
		const byRouter = 'through router by fd77:1::fe from fd77:1::1';
		const byDirect = 'through direct by fd77:3::2 from fd77:3::1';
		const ready = {status: 'ready', device: 'router', source: 'fd77:1::1'};
		t.deepEqual(steps, [
			{warnings: [], paths: [ready], answered: [FAR_V6], refused: []},
			{
				warnings: [`The way to ${FAR_V6} has changed: ${byDirect} now, until now ${byRouter}`],
				paths: [{status: 'ready', device: 'direct', source: 'fd77:3::1'}],
				answered: [FAR_V6],
				refused: [],
			},
			{
				warnings: [`The way to ${FAR_V6} has changed: ${byRouter} now, until now ${byDirect}`],
				paths: [ready],
				answered: [FAR_V6],
				refused: [],
			},
		]);
	});
}

labTest('a path of IPv6 without a route is unreachable until there is one again', async (t, lab) => {
	const [, lost, back] = await change(lab, {
		send: 'auto',
		targets: [FAR_V6],
		steps: ['route delete fd77:2::/64', 'route add fd77:2::/64 via fd77:1::fe'],
	});
	t.deepEqual(lost.warnings, [`The way to ${FAR_V6} is lost: no route leads there (ENETUNREACH)`]);
	t.deepEqual(lost.refused, [FAR_V6]);
	t.is(back.warnings.length, 1);
	t.deepEqual(back.answered, [FAR_V6]);
});

labTest('a link whose other end goes and comes back is told, and used again', async (t, lab) => {
	const targets = ['10.77.3.2', '10.77.1.254'];
	const there = (command: string): string => `netns exec ${lab.direct.name} ip ${command}`;
	const [before, gone, back] = await change(lab, {
		send: 'auto',
		targets,
		steps: [there('link set scanner down'), there('link set scanner up')],
	});
	lab.direct.ip(`
		address replace fd77:3::2/64 dev scanner
		address replace fd77:3::3/64 dev scanner
		route replace default via 10.77.3.1
		route replace default via fd77:3::1
	`);
	t.deepEqual(before.answered, targets);
	t.deepEqual(gone.warnings, [
		'The way to 10.77.3.2 is lost: nothing is at the other end of direct (no carrier)',
	]);
	t.deepEqual(gone.refused, ['10.77.3.2']);
	t.deepEqual(gone.answered, ['10.77.1.254']);
	t.is(back.warnings.length, 1);
	t.deepEqual(back.answered, targets);
});

labTest('of targets that share a path it is told when the route of one leads elsewhere', async (t, lab) => {
	const [, changed] = await change(lab, {
		send: 'packet',
		targets: ['10.77.2.9', '10.77.2.8', FAR],
		steps: [`route add ${FAR} via 10.77.3.2`],
	});
	lab.scanner.ip(`route delete ${FAR}`);
	t.deepEqual(changed.warnings, [
		`The way to ${FAR} has changed: through direct by 10.77.3.2 from 10.77.3.1 now, but what is sent to those that were found already goes through router by 10.77.1.254 from 10.77.1.1`,
	]);
	t.deepEqual(changed.paths, [BY_ROUTER, BY_ROUTER, BY_ROUTER]);
});

labTest('a path without a route is unreachable until there is one again', async (t, lab) => {
	const [, lost, back] = await change(lab, {
		send: 'auto',
		targets: [FAR],
		steps: ['route delete 10.77.2.0/24', 'route add 10.77.2.0/24 via 10.77.1.254'],
	});
	t.deepEqual(lost.warnings, [`The way to ${FAR} is lost: no route leads there (ENETUNREACH)`]);
	t.like(lost.paths[0], {
		status: 'unreachable',
		problem: `Cannot reach ${FAR}: no route leads there (ENETUNREACH)`,
	});
	t.deepEqual(lost.answered, []);
	t.deepEqual(lost.refused, [FAR]);
	t.is(back.warnings.length, 1);
	t.deepEqual(back.paths, [BY_ROUTER]);
	t.deepEqual(back.answered, [FAR]);
});

labTest('an interface that goes down and comes up again takes its paths with it', async (t, lab) => {
	const targets = ['10.77.3.2', '10.77.3.3', '10.77.1.254'];
	const [before, down, up] = await change(lab, {
		send: 'auto',
		targets,
		steps: ['link set direct down', 'link set direct up'],
	});
	t.deepEqual(before.answered, targets);
	t.deepEqual(down.warnings, [
		'The way to 10.77.3.2 and to 1 more is lost: no route leads there (ENETUNREACH)',
	]);
	t.deepEqual(
		down.paths.map(({status}) => status),
		['unreachable', 'unreachable', 'ready'],
	);
	t.deepEqual(down.answered, ['10.77.1.254']);
	t.deepEqual(down.refused, ['10.77.3.2', '10.77.3.3']);
	t.is(up.warnings.length, 1);
	t.deepEqual(up.answered, targets);
	lab.scanner.ip(`
		address replace fd77:3::1/64 dev direct
		route replace 10.99.0.0/16 via 10.77.3.2
		route replace fd99::/64 via fd77:3::2
	`);
});

labTest('a path leaves from another address when ours has changed', async (t, lab) => {
	const [, changed] = await change(lab, {
		send: 'packet',
		targets: ['10.77.3.2'],
		steps: ['address add 10.77.3.9/24 dev direct\nroute replace 10.77.3.0/24 dev direct src 10.77.3.9'],
	});
	lab.scanner.ip(`
		route replace 10.77.3.0/24 dev direct src 10.77.3.1
		address delete 10.77.3.9/24 dev direct
	`);
	t.like(changed.paths[0], {status: 'ready', source: '10.77.3.9'});
	t.deepEqual(changed.answered, ['10.77.3.2']);
});

labTest('a router that has another link-layer address is followed', async (t, lab) => {
	const [, changed] = await change(lab, {
		send: 'packet',
		targets: [FAR],
		steps: ['neigh replace 10.77.1.254 lladdr 02:00:00:00:00:aa dev router'],
	});
	lab.scanner.ip('neigh delete 10.77.1.254 dev router');
	t.is(changed.warnings.length, 1);
	t.regex(
		changed.warnings[0],
		/^The router 10\.77\.1\.254 on router has the link-layer address 02:00:00:00:00:aa now, until now [\da-f:]{17}$/,
	);
	t.deepEqual(changed.answered, []); // There is no such address
});

labTest('what changes elsewhere changes nothing', async (t, lab) => {
	const [, same] = await change(lab, {
		send: 'auto',
		targets: [FAR, '10.77.3.2'],
		steps: ['route add 10.78.0.0/16 via 10.77.3.2'],
	});
	lab.scanner.ip('route delete 10.78.0.0/16');
	t.deepEqual(same.warnings, []);
	t.deepEqual(same.answered, [FAR, '10.77.3.2']);
});
