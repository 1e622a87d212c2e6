import type {Facts} from '../facts.ts';
import type {Finding} from '../finding.ts';

/** Processors: one for the engine, one for the threads that send and receive. */
export const checkProcessors = ({processor}: Facts): Finding[] => {
	const {count, quota, governor} = processor;
	const findings: Finding[] = [];
	if (Math.min(count, quota ?? Infinity) < WANTED_PROCESSORS) {
		findings.push({
			subject: 'processors',
			severity: 'slow',
			seen:
				quota !== undefined && quota < count
					? `the control group grants ${quota} of ${count} processors`
					: `${count} of them`,
			why: 'The engine, the sender and the receiver take turns on one; with two they work side by side.',
			...(quota !== undefined &&
				quota < count && {
					cure: 'Raise the limit, for a container:',
					command: 'docker update --cpus 2 CONTAINER',
				}),
		});
	}

	if (governor === 'powersave' || governor === 'conservative') {
		findings.push({
			subject: 'processors',
			severity: 'slow',
			seen: `the governor is ${governor}`,
			why: 'The clock of the processor rises slowly or not at all when a scan begins.',
			cure: 'Let it run at full speed:',
			command: 'echo performance | sudo tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor',
		});
	}

	return findings.length > 0
		? findings
		: [
				{
					subject: 'processors',
					severity: 'ok',
					seen: `${count}${governor === undefined ? '' : `, governor ${governor}`}`,
				},
			];
};

const WANTED_PROCESSORS = 2;

/** Reading the time is done for every packet: from some sources it takes a microsecond. */
export const checkClock = ({kernel: {clockSource}}: Facts): Finding[] => {
	if (clockSource === undefined) {
		return [];
	}

	return SLOW_CLOCKS.includes(clockSource)
		? [
				{
					subject: 'clock',
					severity: 'slow',
					seen: `time comes from ${clockSource}`,
					why: 'Every packet has its time taken, and that takes a microsecond or more from there.',
					cure: 'Take the faster one, where the processor has it:',
					command: 'echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource',
				},
			]
		: [{subject: 'clock', severity: 'ok', seen: clockSource}];
};

const SLOW_CLOCKS = ['hpet', 'acpi_pm', 'jiffies', 'refined-jiffies'];

/** What the kernel can do that scans use. */
export const checkKernel = ({kernel, sysctl}: Facts): Finding[] => {
	if (kernel.platform !== 'linux') {
		return [
			{
				subject: 'kernel',
				severity: 'fail',
				seen: `${kernel.platform}, not Linux`,
				why: 'Raw packets are sent with AF_PACKET; elsewhere only connect scans are possible.',
			},
		];
	}

	const findings: Finding[] = [];
	if (!isAtLeast(kernel.release, QDISC_BYPASS_SINCE)) {
		findings.push({
			subject: 'kernel',
			severity: 'slow',
			seen: `${kernel.release}, without PACKET_QDISC_BYPASS`,
			why: 'Packets pass through the queues of the interface, which costs time and may drop some.',
			cure: `Linux ${QDISC_BYPASS_SINCE.join('.')} has it.`,
		});
	}

	if (sysctl['net.core.bpf_jit_enable'] === '0') {
		findings.push({
			subject: 'kernel',
			severity: 'slow',
			seen: 'packet filters are interpreted (net.core.bpf_jit_enable is 0)',
			why: 'Every packet that this machine receives during a scan passes through one.',
			cure: 'Have them compiled:',
			command: 'sudo sysctl -w net.core.bpf_jit_enable=1',
		});
	}

	return findings.length > 0
		? findings
		: [
				{
					subject: 'kernel',
					severity: 'ok',
					seen: `${kernel.release}: AF_PACKET with PACKET_QDISC_BYPASS${sysctl['net.core.bpf_jit_enable'] === undefined ? '' : ', compiled packet filters'}${isAtLeast(kernel.release, AF_XDP_SINCE) ? ', AF_XDP (not used yet)' : ''}`,
				},
			];
};

const QDISC_BYPASS_SINCE = [3, 14] as const;
const AF_XDP_SINCE = [4, 18] as const;

const isAtLeast = (release: string, [major, minor]: readonly [number, number]): boolean => {
	const [, first, second] = /^(\d+)\.(\d+)/.exec(release) ?? [];
	return Number(first) > major || (Number(first) === major && Number(second) >= minor);
};

/** How many connections a connect scan may have at once. */
export const checkOpenFiles = ({process: {openFiles}}: Facts): Finding[] => {
	if (openFiles === undefined) {
		return [];
	}

	return openFiles < ENOUGH_FILES
		? [
				{
					subject: 'open files',
					severity: 'note',
					seen: `at most ${openFiles}`,
					why: 'A connect scan has no more connections at once. SYN scans need none of them.',
					cure: 'Allow more in this shell:',
					command: `ulimit -n ${ENOUGH_FILES}`,
				},
			]
		: [{subject: 'open files', severity: 'ok', seen: `at most ${openFiles}`}];
};

const ENOUGH_FILES = 4096;
