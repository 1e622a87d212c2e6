import {ipv4} from '@halfopen/model';
import {SYSCTL_NAMES, type Facts, type InterfaceFacts, type SysctlName} from '../src/facts.ts';

/** A machine on which nothing is wrong. */
export const GOOD: Facts = {
	process: {uid: 0, capabilities: 0x1_ff_ff_ff_ff_ffn, node: '/usr/bin/node', openFiles: 20_000},
	packets: {},
	kernel: {platform: 'linux', release: '6.1.0-18-amd64', tracksConnections: false, clockSource: 'tsc'},
	processor: {count: 4, governor: 'performance'},
	interfaces: [
		{name: 'lo', type: 'loopback', isUp: true, mtu: 65_536, hasAddress: true},
		{
			name: 'eth0',
			type: 'ethernet',
			isUp: true,
			hasCarrier: true,
			mtu: 1500,
			hasAddress: true,
			speed: 10_000,
			receiveQueues: 4,
			sendQueues: 4,
			rings: {receive: 4096, receiveMost: 4096, send: 1024, sendMost: 4096},
			largeReceiveOffload: false,
			receiveDrops: 0,
		},
	],
	route: {device: 'eth0', gateway: ipv4(0xc0_00_02_01), isLocal: false, isNeighbourKnown: true},
	sysctl: {
		...(Object.fromEntries(SYSCTL_NAMES.map(name => [name, undefined])) as Facts['sysctl']),
		'net.core.bpf_jit_enable': '1',
		'net.core.rmem_max': '212992',
		'net.core.wmem_max': '212992',
		'net.ipv4.conf.all.rp_filter': '0',
		'net.ipv4.ip_local_port_range': '10000\t32999',
		'net.ipv4.neigh.default.gc_thresh3': '1024',
	},
};

/** The good machine, but for some of its facts. */
export const but = (facts: Partial<Facts>): Facts => ({...GOOD, ...facts});

export const butProcess = (facts: Partial<Facts['process']>): Facts =>
	but({process: {...GOOD.process, ...facts}});

export const butRoute = (facts: Partial<Facts['route']>): Facts => but({route: {...GOOD.route, ...facts}});

export const butCard = (facts: Partial<InterfaceFacts>): Facts =>
	but({interfaces: GOOD.interfaces.map(one => (one.name === 'eth0' ? {...one, ...facts} : one))});

export const butSysctl = (values: Partial<Record<SysctlName, string>>): Facts =>
	but({sysctl: {...GOOD.sysctl, ...values}});
