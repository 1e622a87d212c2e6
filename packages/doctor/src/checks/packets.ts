import type {Facts} from '../facts.ts';
import type {Finding} from '../finding.ts';

/** Whether the sockets and libpcap open. A lack of privileges is told elsewhere. */
export const checkPackets = ({packets: {problem}, process}: Facts): Finding[] => {
	if (problem === undefined) {
		return [{subject: 'raw packets', severity: 'ok', seen: 'sockets and libpcap open'}];
	}

	if (problem.code === 'ERR_HALFOPEN_PERMISSION') {
		return process.capabilities === undefined
			? [{subject: 'raw packets', severity: 'fail', seen: problem.message}]
			: [];
	}

	const isLibrary = /libpcap/.test(problem.message);
	return [
		{
			subject: isLibrary ? 'libpcap' : 'raw packets',
			severity: 'fail',
			seen: problem.message,
			why: isLibrary
				? 'Replies are captured with libpcap; without it only connect scans are possible.'
				: 'Without this only connect scans are possible.',
			...(isLibrary && {cure: 'Install it:', command: 'sudo apt-get install libpcap0.8'}),
		},
	];
};
