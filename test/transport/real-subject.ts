import {setTimeout} from 'node:timers/promises';
import {openConnectTransport} from '@halfopen/connect';
import {MILLISECOND, type Transport} from '@halfopen/model';
import type {NativeTransportOptions} from '@halfopen/native';
import type {ComplianceNetwork, ComplianceOptions, ComplianceSubject} from './compliance-network.ts';

/** How a real transport is opened. */
export type RealTransport = 'connect' | 'native over raw IP' | 'native over packets';

/** A transport that sends through the kernel, in the network of the process. */
export const realSubject = (transport: RealTransport, network: ComplianceNetwork): ComplianceSubject => ({
	network,
	sends: transport === 'connect' ? 'connections' : 'packets',
	open: async options => OPENERS[transport](options),
	elapse: async (_transport, duration) => setTimeout(duration / MILLISECOND),
});

const openNative = async (
	options: ComplianceOptions,
	send: NativeTransportOptions['send'] & string,
): Promise<Transport> => {
	const {openNativeTransport} = await import('@halfopen/native'); // Only where it is used: it needs the addon
	return openNativeTransport({...options, send});
};

const OPENERS: Readonly<Record<RealTransport, ComplianceSubject['open']>> = {
	connect: async options => openConnectTransport(options),
	'native over raw IP': async options => openNative(options, 'ip'),
	'native over packets': async options => openNative(options, 'packet'),
};
