// Texts of the kernel and of ethtool(8), read.
import type {ProcessFacts, Rings} from './facts.ts';

/** /proc/self/status and /proc/self/limits. */
export const parseStatus = (
	status: string,
	limits: string,
): Pick<ProcessFacts, 'capabilities' | 'openFiles'> => {
	const capabilities = /^CapEff:\s*([\da-f]+)$/m.exec(status)?.[1];
	const openFiles = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
	return {
		...(capabilities !== undefined && {capabilities: BigInt(`0x${capabilities}`)}),
		...(openFiles !== undefined && {openFiles: Number(openFiles)}),
	};
};

/** `ethtool -g`: first what there may be, then what there is. */
export const parseRings = (text: string): Rings => {
	const [most = '', now = ''] = text.split('Current hardware settings');
	const rings = {
		receive: numberAfter(now, 'RX'),
		receiveMost: numberAfter(most, 'RX'),
		send: numberAfter(now, 'TX'),
		sendMost: numberAfter(most, 'TX'),
	};
	return Object.fromEntries(Object.entries(rings).filter(([, value]) => value !== undefined));
};

const numberAfter = (text: string, name: string): number | undefined => {
	const found = new RegExp(`^${name}:\\s+(\\d+)$`, 'm').exec(text)?.[1];
	return found === undefined ? undefined : Number(found);
};

/** A line of `ethtool -k`: `large-receive-offload: off [fixed]`. */
export const parseFeature = (text: string, name: string): boolean | undefined => {
	const state = new RegExp(`^${name}: (on|off)`, 'm').exec(text)?.[1];
	return state === undefined ? undefined : state === 'on';
};

/** cpu.max of a control group: `200000 100000` grants two processors; `max 100000` grants all. */
export const parseQuota = (text: string): number | undefined => {
	const [, quota, period] = /^(\d+) (\d+)$/.exec(text) ?? [];
	return quota === undefined ? undefined : Number(quota) / Number(period);
};
