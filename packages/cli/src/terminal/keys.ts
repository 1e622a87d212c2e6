import type {Progress} from '@halfopen/model';
import {HIGHEST_LEVEL} from '../options/limits.ts';
import type {Settings} from '../options/settings.ts';

/** What a key can change while a scan runs. */
export type LiveSettings = Pick<Settings, 'verbosity' | 'debugging' | 'packetTrace'>;

/** What follows from a key. */
export interface KeyEffect {
	readonly settings?: Partial<LiveSettings>;
	/** Packets per second from now on. */
	readonly rate?: number;
	/** What is said about it; none asks for the status. */
	readonly text?: string;
}

interface Key {
	/** As help shows it. */
	readonly name: string;
	readonly meaning: string;
	readonly press: (scan: LiveScan) => KeyEffect;
}

/** What a key acts upon. */
export interface LiveScan {
	readonly settings: LiveSettings;
	readonly progress: Progress;
}

/** How much faster or slower a scan is after one key. */
const RATE_STEP = 1.25;

const verbosity =
	(change: number) =>
	({settings: {verbosity: before}}: LiveScan): KeyEffect => {
		const after = withinLevels(before + change);
		return {settings: {verbosity: after}, text: `Verbosity: ${after}`};
	};

const debugging =
	(change: number) =>
	({settings: {debugging: before}}: LiveScan): KeyEffect => {
		const after = withinLevels(before + change);
		return {settings: {debugging: after}, text: `Debugging: ${after}`};
	};

const packetTrace = (isOn: boolean) => (): KeyEffect => ({
	settings: {packetTrace: isOn},
	text: `Packet trace: ${isOn ? 'on' : 'off'}`,
});

const rate =
	(factor: number) =>
	({progress}: LiveScan): KeyEffect => {
		const after = Math.max(1, Math.round((progress.rateNow ?? progress.rate) * factor));
		return {rate: after, text: `Rate: ${after} packets/s`};
	};

const withinLevels = (value: number): number => Math.min(HIGHEST_LEVEL, Math.max(0, value));

/** The keys of a scan, by the character that the terminal sends. */
export const KEYS: Readonly<Record<string, Key>> = {
	v: {name: 'v', meaning: 'say more', press: verbosity(1)},
	V: {name: 'V', meaning: 'say less', press: verbosity(-1)},
	d: {name: 'd', meaning: 'explain more', press: debugging(1)},
	D: {name: 'D', meaning: 'explain less', press: debugging(-1)},
	p: {name: 'p', meaning: 'show packets', press: packetTrace(true)},
	P: {name: 'P', meaning: 'show no packets', press: packetTrace(false)},
	'+': {name: '+', meaning: 'send faster', press: rate(RATE_STEP)},
	'-': {name: '-', meaning: 'send slower', press: rate(1 / RATE_STEP)},
	'?': {name: '?', meaning: 'show these keys', press: () => ({text: keysText()})},
};

/** Any other key, Enter among them. */
export const OTHER_KEY: Pick<Key, 'name' | 'meaning'> = {
	name: 'any other',
	meaning: 'show how far the scan is',
};

/** What follows from a key that was pressed. */
export const pressKey = (key: string, scan: LiveScan): KeyEffect =>
	Object.hasOwn(KEYS, key) ? KEYS[key].press(scan) : {};

const keysText = (): string =>
	[...Object.values(KEYS), OTHER_KEY]
		.map(({name, meaning}) => `  ${name.padEnd(OTHER_KEY.name.length)}  ${meaning}`)
		.join('\n');
