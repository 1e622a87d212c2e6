import {MOST_PAYLOAD, MOST_SENDER_THREADS} from '@halfopen/model';
import {oneOf, type Argument, text, wholeNumber} from '../argument.ts';
import {HIGHEST_PORT} from '../limits.ts';
import {flag, option, type OptionEntry} from '../option.ts';

const INTERFACE: Argument<string> = {...text('NAME'), completes: 'interface'};

export const PACKETS: readonly OptionEntry[] = [
	option({
		names: ['--send'],
		argument: oneOf('WAY', ['auto', 'ip', 'packet', 'connect']),
		help: 'How probes leave: auto, ip (raw socket), packet (AF_PACKET), connect',
		set: send => ({send}),
	}),
	flag({names: ['--send-ip'], help: 'The same as --send ip', set: {send: 'ip'}}),
	flag({names: ['--send-eth'], help: 'The same as --send packet', set: {send: 'packet'}}),
	option({
		names: ['--sender-threads'],
		argument: wholeNumber(1, MOST_SENDER_THREADS),
		help: 'Send from up to N threads; 2 if not said',
		set: senderThreads => ({senderThreads}),
	}),
	flag({
		names: ['--worker'],
		help: 'Run the engine in a thread of its own, apart from the output',
		set: {worker: true},
	}),
	option({
		names: ['-e'],
		argument: INTERFACE,
		help: 'Send from this network interface',
		set: device => ({device}),
	}),
	option({
		names: ['-g', '--source-port'],
		argument: wholeNumber(1, HIGHEST_PORT, 'PORT'),
		help: 'Send from this port',
		set: sourcePort => ({sourcePort}),
	}),
	option({
		names: ['--ttl'],
		argument: wholeNumber(1, 255),
		help: 'Time to live of probes',
		set: ttl => ({ttl}),
	}),
	option({
		names: ['--data-length'],
		argument: wholeNumber(0, MOST_PAYLOAD),
		help: 'Put N random bytes behind each SYN; more than 1400 do not fit the packets of most paths',
		set: dataLength => ({dataLength}),
	}),
];
