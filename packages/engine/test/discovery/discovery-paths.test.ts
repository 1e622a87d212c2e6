import {type Address, ipv4, ipv6, type Path, type PathRange, type Transport} from '@halfopen/model';
import test from 'ava';
import {DiscoveryPaths} from '../../src/discovery/discovery-paths.ts';

const pathOf = (id: number): Path => ({id, status: 'ready', device: 'test0', source: ipv4(1), local: false});

const LINK = pathOf(1);
const ROUTED = pathOf(2);

/** 10.0.0.0/24 is on a link, 10.1.0.0/16 behind a router; nothing is known of others. */
class KnowsRoutes {
	readonly asked: string[] = [];

	pathTo(): Path {
		this.asked.push('pathTo');
		return pathOf(100 + this.asked.length);
	}

	linkTo({value}: Address): Path | undefined {
		this.asked.push('linkTo');
		return Number(value) >>> 8 === 0x0a_00_00 ? LINK : undefined;
	}

	pathCovering(key: Address['value']): PathRange | undefined {
		this.asked.push('pathCovering');
		return Number(key) >>> 16 === 0x0a_01
			? {path: ROUTED, first: 0x0a_01_00_00, last: 0x0a_01_ff_ff}
			: undefined;
	}
}

const open = (neighbours = true): {transport: KnowsRoutes; paths: DiscoveryPaths} => {
	const transport = new KnowsRoutes();
	return {transport, paths: new DiscoveryPaths(transport as unknown as Transport, {byLink: neighbours})};
};

test('addresses behind a router share a path, and are asked about once', t => {
	const {transport, paths} = open();
	t.deepEqual(paths.find(ipv4(0x0a_01_00_01)), {path: ROUTED, way: 'path', isOwn: false});
	t.deepEqual(paths.find(ipv4(0x0a_01_f0_01)), {path: ROUTED, way: 'path', isOwn: false});
	t.deepEqual(transport.asked, ['pathCovering']);
});

test('addresses on a link are asked along it', t => {
	t.deepEqual(open().paths.find(ipv4(0x0a_00_00_07)), {path: LINK, way: 'link', isOwn: false});
});

test('where neighbours are not to be asked, each has a path of its own', t => {
	const {transport, paths} = open(false);
	t.like(paths.find(ipv4(0x0a_00_00_07)), {way: 'path', isOwn: true});
	t.false(transport.asked.includes('linkTo'));
});

test('an address of which nothing is known has a path of its own', t => {
	t.like(open().paths.find(ipv4(0x0b_00_00_01)), {way: 'path', isOwn: true});
});

test('an address with a zone is in no range, which has none', t => {
	const {transport, paths} = open();
	t.like(paths.find(ipv6(0xfe_80n << 112n, 'eth0')), {isOwn: true});
	t.false(transport.asked.includes('pathCovering'));
});

test('a transport that knows neither ranges nor links has a path for each', t => {
	const transport = {pathTo: () => ROUTED} as unknown as Transport;
	const paths = new DiscoveryPaths(transport, {byLink: true});
	t.deepEqual(paths.find(ipv4(0x0a_00_00_07)), {path: ROUTED, way: 'path', isOwn: true});
});
